import { parseArgs } from 'node:util';
import { z } from 'zod';
import { Language } from '#contract/bridge/index.ts';
import type { Shell } from './ports.ts';

/** What a room's program was asked for (`kiosk/bin/room.ts`, `electron/index.ts`). */
export type RoomOptions<Name extends Shell['name'] = Shell['name']> = {
  /** Folder for everything this workstation keeps. */
  readonly data: string;
  /** Base URL of the platform. */
  readonly platform: string;
  readonly shell: Name;
  readonly lang: Language;
  /** A demo account to log in with at the start; null = somebody logs in at the console. */
  readonly demoLogin: string | null;
  /** Only by hand, and every screen says so: pages run without the browser's sandbox. */
  readonly unsafeNoSandbox: boolean;
  /** SHA-256 fingerprints of the platform's certificate, `sha256/<base64>`; empty = whatever the system trusts. */
  readonly pins: readonly string[];
  /** File (PEM) of the authority to believe; null = whom this desk believed last, or nobody yet. */
  readonly platformAuthority: string | null;
  /** What lies under the map: a PMTiles file, or a file of settings (JSON); null = `basemap.json` of the data folder, or the county pack. */
  readonly basemap: string | null;
};

/** Reads the command line; `shells` = what this program can be, the first by default. Throws an Error that says in one line what is wrong. */
export function parseRoomOptions<Name extends Shell['name']>({ argv, shells }: Asked<Name>): RoomOptions<Name> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...argv],
    options: {
      data: text,
      platform: text,
      shell: text,
      lang: text,
      'demo-login': text,
      'unsafe-no-sandbox': { type: 'boolean' },
      pin: { type: 'string', multiple: true },
      'platform-ca': text,
      basemap: text,
    },
  });
  const parsed = Given.safeParse(values);
  if (!parsed.success) throw new Error(parsed.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('; '));
  const { 'demo-login': demoLogin, 'unsafe-no-sandbox': unsafeNoSandbox, 'platform-ca': authority, pin, basemap, ...rest } = parsed.data;
  const shell = rest.shell === undefined ? shells[0] : shells.find((known) => known === rest.shell);
  if (shell === undefined) throw new Error(`--shell: this program knows ${shells.join(' and ')} only`);
  const files = { platformAuthority: authority ?? null, basemap: basemap ?? null };
  return { ...rest, shell, demoLogin: demoLogin ?? null, unsafeNoSandbox, pins: pin, ...files };
}

type Asked<Name> = { readonly argv: readonly string[]; readonly shells: readonly [Name, ...Name[]] };

const Given = z.strictObject({
  data: z.string().min(1),
  platform: z.url({ protocol: /^https?$/ }),
  shell: z.enum(['electron', 'kiosk', 'tab']).optional(),
  lang: Language.default('zh'),
  'demo-login': z.string().min(1).max(64).optional(),
  'unsafe-no-sandbox': z.boolean().default(false),
  'platform-ca': z.string().min(1).optional(),
  basemap: z.string().min(1).optional(),
  pin: z.array(z.string().regex(/^sha256\/[A-Za-z0-9+/]{43}=$/)).default([]),
});

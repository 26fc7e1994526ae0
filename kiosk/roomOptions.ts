import { parseArgs } from 'node:util';
import { z } from 'zod';
import { Language } from '#contract/bridge/index.ts';

/** What `kiosk/bin/room.ts` was asked for. */
const RoomOptions = z.strictObject({
  /** Folder for everything this workstation keeps. */
  data: z.string().min(1),
  /** Base URL of the platform. */
  platform: z.url({ protocol: /^https?$/ }),
  shell: z.enum(['kiosk', 'tab']).default('kiosk'),
  lang: Language.default('zh'),
  /** A demo account to log in with at the start. */
  'demo-login': z.string().min(1).max(64).optional(),
  /** Only by hand, and every screen says so: the browser's pages run without its sandbox. */
  'unsafe-no-sandbox': z.boolean().default(false),
});
export type RoomOptions = z.infer<typeof RoomOptions>;

/** Reads the command line; throws an Error that says in one line what is wrong with it. */
export function parseRoomOptions(argv: readonly string[]): RoomOptions {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...argv],
    options: { data: text, platform: text, shell: text, lang: text, 'demo-login': text, 'unsafe-no-sandbox': { type: 'boolean' } },
  });
  const parsed = RoomOptions.safeParse(values);
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('; '));
}

import type { X509Certificate } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RoomWarning, WindowIdentity } from '#contract/bridge/index.ts';
import type { Clock, Timers } from '#contract/values/index.ts';
import { type DeskBasemap, packAlone } from '#main/map/index.ts';
import { asItIs, basemapWarnings, createFileSecrets, createXrandrDisplays, type Shell } from '#main/shell/index.ts';
import { createAdmissions } from './admissions.ts';
import { createBridgeSockets } from './bridgeSockets.ts';
import { createBrowser } from './browser.ts';
import { chooseBrowserUser } from './browserUser.ts';
import { findBrowser } from './chromium.ts';
import type { KioskLog } from './log.ts';
import { createXsetPower } from './power.ts';
import { createTabWindows, tabDisplays } from './tab.ts';
import { openWindowServer } from './windowServer.ts';
import { createKioskWindows } from './windows.ts';

export type KioskShellOptions = {
  /** The built windows (dist/renderer). */
  readonly pagesFolder: string;
  /** Where secrets are kept; made when it is missing. */
  readonly dataFolder: string;
  readonly platformUrl: string;
  /** More media servers that windows may talk to, as base URLs. */
  readonly mediaUrls?: readonly string[];
  /** What lies under the map (`openDeskBasemap`); absent = the county pack. */
  readonly basemap?: DeskBasemap;
  readonly env: NodeJS.ProcessEnv;
  readonly sandbox: 'sandboxed' | 'unsafeNoSandbox';
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: KioskLog;
  /** Told each time a window's page has opened its channel. */
  readonly onConnected?: (identity: WindowIdentity) => void;
};

/** A shell and the way to end it: all windows, the browser, the server. */
export type OpenedShell = { readonly shell: Shell; close(): Promise<void> };

/** Windows in the system's Chromium, one per display. Rejects when there is no such browser; it is started with the first window. */
export async function openKioskShell(options: KioskShellOptions): Promise<OpenedShell> {
  const { env, sandbox, log, timers, dataFolder, basemap = packAlone, onConnected = () => {} } = options;
  const executable = await findBrowser({ env });
  if (executable === undefined) throw new Error('no Chromium is installed: name one with COMMANDWALL_CHROMIUM, or start with --shell tab');
  const user = await chooseBrowserUser({ ownUid: process.getuid?.() });
  const serving = await openServing(options);
  const browser = createBrowser({ executable, user, env, sandbox, timers, log });
  const warnings: readonly RoomWarning[] = [
    ...(sandbox === 'unsafeNoSandbox' ? (['noSandbox'] as const) : []),
    ...basemapWarnings(basemap),
  ];
  return {
    shell: {
      name: 'kiosk',
      displays: createXrandrDisplays({ env, timers }),
      windows: createKioskWindows({ browser, ports: { ...serving, timers, log, onConnected } }),
      secrets: createFileSecrets({ file: secretsFile(dataFolder), sealing: asItIs }),
      power: createXsetPower({ env, log }),
      trustPlatform: browser.trust,
      warnings,
    },
    close: async () => {
      await browser.close();
      await serving.server.close();
    },
  };
}

/** Windows in whatever browser somebody opens on this machine; `tellUrl` gets each address that opens one (single use, 60 s). */
export async function openTabShell(
  options: Omit<KioskShellOptions, 'sandbox' | 'env'> & { readonly tellUrl: (address: TabAddress) => void },
): Promise<OpenedShell & { tellAgain(): void }> {
  const { timers, dataFolder, tellUrl, basemap = packAlone, onConnected = () => {} } = options;
  const serving = await openServing(options);
  const { windows, tellAgain } = createTabWindows({ ...serving, timers, tellUrl, onConnected });
  return {
    shell: {
      name: 'tab',
      displays: tabDisplays,
      windows,
      secrets: createFileSecrets({ file: secretsFile(dataFolder), sealing: asItIs }),
      power: { keepDisplaysAwake: () => () => {} },
      trustPlatform: async (authority) => {
        if (authority !== null) await tellAuthority({ authority, dataFolder, log: options.log });
      },
      warnings: [
        ...(new URL(options.platformUrl).protocol === 'https:' ? (['browserNeedsAuthority'] as const) : []),
        ...basemapWarnings(basemap),
      ],
    },
    tellAgain,
    close: () => serving.server.close(),
  };
}

/** A browser of somebody's own believes whom its owner told it to: he gets the file, and where it is. */
async function tellAuthority({
  authority,
  dataFolder,
  log,
}: {
  authority: X509Certificate;
  dataFolder: string;
  log: KioskLog;
}): Promise<void> {
  const file = path.join(dataFolder, 'platform-authority.crt');
  await writeFile(file, authority.toString());
  log.warn(
    { file, fingerprint: authority.fingerprint256 },
    'this browser shows pictures once it believes this authority: its settings, certificates, authorities, import, for web sites',
  );
}

const secretsFile = (dataFolder: string) => path.join(dataFolder, 'secrets.json');

type TabAddress = Parameters<Parameters<typeof createTabWindows>[0]['tellUrl']>[0];

type ServingOptions = Pick<
  KioskShellOptions,
  'pagesFolder' | 'dataFolder' | 'platformUrl' | 'mediaUrls' | 'basemap' | 'clock' | 'timers' | 'log'
>;

async function openServing({ clock, ...options }: ServingOptions) {
  const admissions = createAdmissions({ clock });
  const sockets = createBridgeSockets({ admissions, timers: options.timers, log: options.log });
  const server = await openWindowServer({ ...options, sockets });
  return { admissions, sockets, server };
}

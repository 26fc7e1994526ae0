import type { RoomWarning, WindowIdentity } from '#contract/bridge/index.ts';
import type { Clock, Timers } from '#contract/values/index.ts';
import { type DeskBasemap, packAlone, packShelfFolder } from '#main/map/index.ts';
import { basemapWarnings, connectSources, openStaticPages, type Shell } from '#main/shell/index.ts';
import { createElectronDisplays } from './displays.ts';
import type { ElectronParts } from './electronParts.ts';
import { openElectronWindow } from './electronWindow.ts';
import { believe, lockSession } from './roomSession.ts';
import { createSafeSecrets } from './secrets.ts';
import { windowOptions } from './windowOptions.ts';

export type ElectronShellOptions = {
  readonly electron: ElectronParts;
  /** The built windows (dist/renderer). */
  readonly pagesFolder: string;
  /** Absolute path of the built preload. */
  readonly preload: string;
  /** Where sealed secrets and the county pack are kept; exists. */
  readonly dataFolder: string;
  readonly platformUrl: string;
  /** More media servers that windows may talk to, as base URLs. */
  readonly mediaUrls?: readonly string[];
  /** What lies under the map (`openDeskBasemap`); absent = the county pack. */
  readonly basemap?: DeskBasemap;
  /** SHA-256 fingerprints of the platform's certificate; empty = whatever the system trusts. */
  readonly pins: readonly string[];
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Told each time a window's page got its port. */
  readonly onConnected?: (identity: WindowIdentity) => void;
};

/** The room's windows in Electron. Call it when the app is ready, once: it locks the session down before the first window. */
export function createElectronShell(options: ElectronShellOptions): Shell {
  const { electron, preload, dataFolder, platformUrl, mediaUrls = [], platform, env, clock, timers } = options;
  const { basemap = packAlone, onConnected = () => {} } = options;
  const { app, session } = electron;
  const connect = [platformUrl, ...mediaUrls].flatMap((url) => connectSources(url));
  const pages = openStaticPages({ folder: options.pagesFolder, packShelf: packShelfFolder(dataFolder), connect, basemap });
  lockSession({ session, pages });
  const pins = { host: new URL(platformUrl).hostname, fingerprints: options.pins };
  void believe({ session, pins: { ...pins, authority: null }, clock });
  const secrets = createSafeSecrets({ safeStorage: electron.safeStorage, folder: dataFolder, platform });
  return {
    name: 'electron',
    displays: createElectronDisplays({ screen: electron.screen, platform, env, timers }),
    windows: {
      open: async (request) => {
        const window = new electron.BrowserWindow(windowOptions({ request, session, preload, isPackaged: app.isPackaged }));
        return openElectronWindow(request, { window, ports: { electron, timers, onConnected } });
      },
    },
    secrets,
    power: {
      keepDisplaysAwake() {
        const id = electron.powerSaveBlocker.start('prevent-display-sleep');
        return () => void electron.powerSaveBlocker.stop(id);
      },
    },
    trustPlatform: (authority) => believe({ session, pins: { ...pins, authority }, clock }),
    warnings: [
      ...warningsOf({ isPersistent: secrets.isPersistent, hasSandbox: !app.commandLine.hasSwitch('no-sandbox') }),
      ...basemapWarnings(basemap),
    ],
  };
}

function warningsOf({ isPersistent, hasSandbox }: { isPersistent: boolean; hasSandbox: boolean }): readonly RoomWarning[] {
  return [...(hasSandbox ? [] : (['noSandbox'] as const)), ...(isPersistent ? [] : (['secretsInMemory'] as const))];
}

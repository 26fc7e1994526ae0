import type { app, BrowserWindow, MessageChannelMain, powerSaveBlocker, safeStorage, screen, Session } from 'electron';

/**
 * What this shell uses of Electron, handed in by index.ts, the only file that imports Electron's values: tests hand in a twin
 * (test/fakes/fakeElectron.ts), and reading this list tells how much of Electron the room depends on.
 */
export type ElectronParts = {
  readonly app: Pick<typeof app, 'on' | 'commandLine' | 'isPackaged'>;
  readonly BrowserWindow: new (options: Electron.BrowserWindowConstructorOptions) => BrowserWindow;
  readonly MessageChannelMain: new () => MessageChannelMain;
  readonly screen: Pick<typeof screen, 'getAllDisplays' | 'getPrimaryDisplay' | 'on' | 'off'>;
  /** In memory: nothing of the windows is ever written to a disk. */
  readonly session: Session;
  readonly safeStorage: Pick<typeof safeStorage, 'isEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptString' | 'decryptString'>;
  readonly powerSaveBlocker: Pick<typeof powerSaveBlocker, 'start' | 'stop'>;
};

import type { Language } from '#contract/bridge/index.ts';
import type { LinkLog } from '#contract/link/index.ts';
import type { Clock, Randomness, Timers } from '#contract/values/index.ts';
import { openCommandRoom } from './commandRoom.ts';
import type { DeskBasemap } from './map/index.ts';
import type { Shell } from './shell/index.ts';
import { lockFolder } from './storage/index.ts';

/** What a command room needs from outside, by name. */
export type AppPorts = {
  /** Opens windows: Electron, the kiosk, a tab, or a fake. */
  readonly shell: Shell;
  /** This workstation's own folder: journals, settings, copy of the directory. Made when it is missing; one room per folder. */
  readonly dataDir: string;
  /** Base URL of the platform, e.g. http://127.0.0.1:7080. */
  readonly platformUrl: string;
  /** File (PEM) of the authority to believe, handed over by the platform's people; absent = whom this desk believed last. */
  readonly platformAuthority?: string | null;
  /** What lies under the maps (`openDeskBasemap`); absent = the county pack. */
  readonly basemap?: DeskBasemap;
  /** The language asked for at the start; a choice made on screen outlives it. */
  readonly language: Language;
  /** A demo account of the platform to log in with at the start; null = somebody logs in at the console. */
  readonly demoLogin: string | null;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly randomness: Randomness;
  /** pino's logger fits. */
  readonly log: LinkLog;
};

/** A running command room. */
export type App = {
  /** Closes windows, link and files, in this order. A kill instead of it loses nothing that was acknowledged. */
  close(): Promise<void>;
};

/**
 * The composition root of a workstation, under plain Node. Resolves when the windows are open (the platform may still be unreachable:
 * the room works without it). Rejects when another room runs on the folder, or the folder cannot be used.
 */
export async function createApp(ports: AppPorts): Promise<App> {
  const closers = new AsyncDisposableStack();
  try {
    const lock = await lockFolder(ports.dataDir);
    closers.defer(() => lock.release());
    await openCommandRoom(ports, closers);
  } catch (error) {
    await closers.disposeAsync();
    throw error;
  }
  return { close: () => closers.disposeAsync() };
}

import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import writeFileAtomic from 'write-file-atomic';

/** The platform that runs on a data folder, as others may find it. */
const RunningPlatform = z.object({
  url: z.string(),
  pid: z.number(),
  /** PEM; whom to believe where it is encrypted. */ authority: z.string().optional(),
});
export type RunningPlatform = z.infer<typeof RunningPlatform>;

/** A data folder that belongs to this process until it is released, or the process is gone, however it went. */
export type DataFolder = {
  readonly recordFile: string;
  /** Says where the platform answers, for tools on this machine. */
  announce(running: RunningPlatform): void;
  release(): void;
};

/**
 * Takes a data folder for this process alone; null when another process has it. The lock is an open transaction on a small database of
 * its own: the kernel drops it with the process, so a kill -9 leaves nothing to clean up, and no process number can be mistaken.
 */
export function takeDataFolder(folder: string): DataFolder | null {
  mkdirSync(folder, { recursive: true });
  const lock = new DatabaseSync(path.join(folder, 'lock.sqlite'), { timeout: 0 });
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;');
  } catch {
    lock.close();
    return null;
  }
  const announcement = announcementIn(folder);
  rmSync(announcement, { force: true });
  return {
    recordFile: path.join(folder, 'record.sqlite'),
    announce: (running) => writeFileAtomic.sync(announcement, `${JSON.stringify(running)}\n`),
    release() {
      rmSync(announcement, { force: true });
      lock.close();
    },
  };
}

/** Where the platform of a data folder answers; null when it has not said so (yet). Only true while the folder is taken. */
export function runningPlatform(folder: string): RunningPlatform | null {
  try {
    return RunningPlatform.parse(JSON.parse(readFileSync(announcementIn(folder), 'utf8')));
  } catch {
    return null;
  }
}

function announcementIn(folder: string): string {
  return path.join(folder, 'running.json');
}

import { mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const Owner = z.strictObject({ pid: z.int().min(1), startedAtTicks: z.string().max(32) });
type Owner = z.infer<typeof Owner>;

/** Held until released; a killed process leaves a stale one that the next start takes over. */
export type FolderLock = { release(): Promise<void> };

/**
 * Takes a data folder for this process: two rooms on one journal would tear it. Rejects, naming the process, when another one that
 * lives holds it. A process is known by pid *and* start time, because pids come round again after a power cut.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, 'room.lock');
  const own = { pid: process.pid, startedAtTicks: await startedAtTicks(process.pid) };
  if (!(await tryCreate(file, own))) {
    const owner = await readOwner(file);
    if (owner !== null && (await isAlive(owner))) throw new Error(`a room already runs on ${folder} (process ${owner.pid})`);
    await rm(file, { force: true });
    // Somebody else may have been quicker in between: then it is his.
    if (!(await tryCreate(file, own))) throw new Error(`a room is just being started on ${folder}`);
  }
  return { release: () => rm(file, { force: true }) };
}

async function tryCreate(file: string, owner: Owner): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600);
    try {
      await handle.writeFile(JSON.stringify(owner));
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function readOwner(file: string): Promise<Owner | null> {
  try {
    return Owner.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}

async function isAlive({ pid, startedAtTicks: ticks }: Owner): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return (await startedAtTicks(pid)) === ticks;
}

// Field 22 of /proc/<pid>/stat (proc_pid_stat(5)); the name in field 2 may hold spaces. Empty where there is no /proc.
async function startedAtTicks(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { until } from '../fakes/until.ts';

/** A small machine, as the kernel's control groups make one of a part of this: for a program and all that it starts. */
export type TightMachine = {
  /** A program and its arguments that run another program in it. */
  readonly under: readonly string[];
  /** What its bounds have done so far. Without a wait nothing of them was tried. */
  suffered(): { readonly waits: number; readonly killed: number; readonly mostMB: number };
  /** Ends what still runs in it. */
  remove(): Promise<void>;
};

const root = '/sys/fs/cgroup';
const periodUs = 100_000;

/** Makes one; null where nobody may, and the reason is printed. */
export function openTightMachine({ memoryMB, processorPercent }: { memoryMB: number; processorPercent: number }): TightMachine | null {
  const name = `cw${process.pid}`;
  try {
    const bounds = { bytes: String(memoryMB * 2 ** 20), quotaUs: String((periodUs * processorPercent) / 100) };
    return existsSync(path.join(root, 'cgroup.controllers')) ? unified(name, bounds) : separate(name, bounds);
  } catch (error) {
    process.stderr.write(`SKIPPED: no control group may be made here, so small machines are not tried (${String(error)})\n`);
    return null;
  }
}

type Bounds = { readonly bytes: string; readonly quotaUs: string };

/** The first version of control groups: one tree for memory, one for the processor. */
function separate(name: string, { bytes, quotaUs }: Bounds): TightMachine {
  const folders = { memory: path.join(root, 'memory', name), cpu: path.join(root, 'cpu', name) };
  for (const folder of Object.values(folders)) mkdirSync(folder);
  writeFileSync(path.join(folders.memory, 'memory.limit_in_bytes'), bytes);
  writeFileSync(path.join(folders.cpu, 'cpu.cfs_period_us'), String(periodUs));
  writeFileSync(path.join(folders.cpu, 'cpu.cfs_quota_us'), quotaUs);
  return {
    under: underGroups(Object.values(folders)),
    suffered: () => ({
      waits: numberIn(path.join(folders.cpu, 'cpu.stat'), /nr_throttled (\d+)/),
      killed: numberIn(path.join(folders.memory, 'memory.oom_control'), /oom_kill (\d+)/),
      mostMB: numberIn(path.join(folders.memory, 'memory.max_usage_in_bytes'), /(\d+)/) / 2 ** 20,
    }),
    remove: async () => await removeGroups(Object.values(folders)),
  };
}

/** The second version: one tree for all. */
function unified(name: string, { bytes, quotaUs }: Bounds): TightMachine {
  const folder = path.join(root, name);
  writeFileSync(path.join(root, 'cgroup.subtree_control'), '+memory +cpu');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'memory.max'), bytes);
  writeFileSync(path.join(folder, 'cpu.max'), `${quotaUs} ${periodUs}`);
  return {
    under: underGroups([folder]),
    suffered: () => ({
      waits: numberIn(path.join(folder, 'cpu.stat'), /nr_throttled (\d+)/),
      killed: numberIn(path.join(folder, 'memory.events'), /oom_kill (\d+)/),
      mostMB: numberIn(path.join(folder, 'memory.peak'), /(\d+)/) / 2 ** 20,
    }),
    remove: async () => await removeGroups([folder]),
  };
}

/** The shell joins the groups, then becomes the program: its process id stays. */
function underGroups(folders: readonly string[]): readonly string[] {
  const join = folders.map((folder) => `echo $$ > ${folder}/cgroup.procs`).join('; ');
  return ['/bin/sh', '-ec', `${join}; exec "$@"`, 'sh'];
}

/** What a killed program has started ends in its own time, and a group is removed when it is empty. */
async function removeGroups(folders: readonly string[]): Promise<void> {
  const inside = () =>
    readFileSync(path.join(folders[0] ?? root, 'cgroup.procs'), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map(Number);
  for (const pid of inside()) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended meanwhile.
    }
  }
  await until(() => inside().length === 0);
  for (const folder of folders) rmdirSync(folder);
}

function numberIn(file: string, pattern: RegExp): number {
  return Number(pattern.exec(readFileSync(file, 'utf8'))?.[1] ?? 0);
}

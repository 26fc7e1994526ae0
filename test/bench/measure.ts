import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';

/** Processor time of processes and everything under them, user + system, ms (from /proc; 10 ms steps). */
export function cpuMs(pids: readonly number[]): number {
  const ticks = treeOf(pids).reduce((sum, pid) => sum + ticksOf(pid), 0);
  return ticks * 10;
}

/** Proportional set size of a process, MiB. */
export function memoryMiB(pid: number): number {
  const kib = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
  return Math.round(Number(kib) / 1024);
}

function treeOf(roots: readonly number[]): readonly number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) if (/^\d+$/.test(name)) parents.set(Number(name), Number(statOf(Number(name))?.[1] ?? 0));
  const found = new Set(roots);
  for (let before = 0; before !== found.size; ) {
    before = found.size;
    for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid);
  }
  return [...found];
}

/** Fields of /proc/PID/stat behind the program's name: state, parent, ... Null when the process is gone. */
function statOf(pid: number): readonly string[] | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? null;
  } catch {
    return null;
  }
}

function ticksOf(pid: number): number {
  const fields = statOf(pid);
  return fields === null ? 0 : Number(fields[11]) + Number(fields[12]);
}

/** The value below which this share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Median with the smallest and the largest, rounded to what a reader can use. */
export function spreadOf(values: readonly number[]): { median: number; min: number; max: number } {
  const round = (value: number) => Number(value.toPrecision(4));
  return { median: round(quantile(values, 0.5)), min: round(Math.min(...values)), max: round(Math.max(...values)) };
}

/** What the figures were measured on. */
export function machine(): string {
  const [first] = cpus();
  return `${cpus().length} x ${first?.model.trim() ?? 'unknown'}, load ${loadavg()[0]?.toFixed(1)}, Node ${process.versions.node}`;
}

/** The commit that was measured; `+` when the tree holds more than that. */
export function commit(): string {
  const git = (...words: string[]) => execFileSync('git', words, { encoding: 'utf8' }).trim();
  try {
    return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain', '--untracked-files=no') === '' ? '' : '+'}`;
  } catch {
    return 'no commit';
  }
}

/** The file system that a folder lies on, such as ext4. */
export function fileSystemOf(folder: string): string {
  return execFileSync('stat', ['-f', '-c', '%T', folder], { encoding: 'utf8' }).trim();
}

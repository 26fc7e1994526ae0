import { readdirSync, readFileSync } from 'node:fs';
import { processesBelow } from '#test/builders/browserProcesses.ts';

/** Processor time so far, ms, by kind of process and name of thread (`renderer Compositor`). */
export type ThreadTimes = Readonly<Record<string, number>>;

/** Of a browser's whole tree. */
export async function threadTimesOf(pid: number): Promise<ThreadTimes> {
  const times: Record<string, number> = {};
  for (const { pid: each, kind } of await processesBelow(pid)) {
    for (const [name, ms] of threadsOf(each)) {
      const key = `${kind} ${name}`;
      times[key] = (times[key] ?? 0) + ms;
    }
  }
  return times;
}

/** Percent of one core between two moments, the largest first; what is below a tenth is left out. */
export function shareOfThreads({ before, after, lastedMs }: { before: ThreadTimes; after: ThreadTimes; lastedMs: number }): ThreadTimes {
  const shares = Object.entries(after).map(
    ([key, ms]) => [key, Number((((ms - (before[key] ?? 0)) / lastedMs) * 100).toFixed(1))] as const,
  );
  return Object.fromEntries(shares.filter(([, share]) => share >= 0.1).toSorted(([, a], [, b]) => b - a));
}

function threadsOf(pid: number): readonly (readonly [string, number])[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map((task) => {
      const stat = readFileSync(`/proc/${pid}/task/${task}/stat`, 'utf8');
      const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')).replaceAll(/[\d#/]+$/g, '');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return [name, (Number(fields[11]) + Number(fields[12])) * 10] as const;
    });
  } catch {
    return []; // it ended while we looked
  }
}

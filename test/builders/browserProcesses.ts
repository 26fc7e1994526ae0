import { readdir, readFile } from 'node:fs/promises';

/** A process of a browser, found below the browser's own process. */
export type BrowserProcess = { readonly pid: number; readonly kind: string; readonly uid: number; readonly command: string };

/** Every process that descends from `rootPid`, with Chromium's `--type` (`browser` for the root itself). */
export async function processesBelow(rootPid: number): Promise<readonly BrowserProcess[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = new Map<number, number>();
  for (const pid of pids) parents.set(pid, await parentOf(pid));
  const isBelow = (pid: number): boolean => pid === rootPid || (parents.has(pid) && isBelow(parents.get(pid) ?? 0));
  return Promise.all(pids.filter(isBelow).map(describeProcess));
}

/** Processor time this process has used, in clock ticks (proc(5), fields 14 and 15); 0 when it is gone. */
export async function ticksUsed(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
}

async function parentOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0);
}

async function describeProcess(pid: number): Promise<BrowserProcess> {
  const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ');
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const uid = Number(/^Uid:\s+(\d+)/m.exec(status)?.[1] ?? -1);
  return { pid, kind: /--type=([\w-]+)/.exec(command)?.[1] ?? 'browser', uid, command };
}

import { readdir, readFile } from 'node:fs/promises';
import type { Channel } from '#main/shell/index.ts';
import { collect } from '#test/conformance/shell.ts';

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

/**
 * The process that draws the page behind this channel (bridgePages.ts). Chromium does not tell which that is: the page works hard for a
 * moment, and whoever burns the processor is it.
 */
export async function rendererOf({ channel, browserPid }: { channel: Channel; browserPid: number }): Promise<number> {
  const pages = (await processesBelow(browserPid)).filter(({ kind }) => kind === 'renderer');
  const frames = collect(channel.onFrame);
  for (;;) {
    const before = await Promise.all(pages.map(({ pid }) => ticksUsed(pid)));
    channel.send('spin');
    while ((await frames.next()) !== 'echo spin');
    const used = await Promise.all(pages.map(async ({ pid }, index) => ({ pid, ticks: (await ticksUsed(pid)) - (before[index] ?? 0) })));
    const busiest = used.reduce((a, b) => (b.ticks > a.ticks ? b : a));
    const all = used.reduce((sum, { ticks }) => sum + ticks, 0);
    // While other pages still load, nothing is proven: ask for another spin.
    if (busiest.ticks < all * 0.8) continue;
    frames.stop();
    return busiest.pid;
  }
}

/** Processor time this process has used, in clock ticks (proc(5), fields 14 and 15); 0 when it is gone. */
async function ticksUsed(pid: number): Promise<number> {
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

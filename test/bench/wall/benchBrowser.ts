import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { createBrowser } from '#kiosk/browser.ts';
import { chooseBrowserUser } from '#kiosk/browserUser.ts';
import { findBrowser } from '#kiosk/chromium.ts';
import { machineTimers } from '#main/machine/index.ts';
import { processesBelow } from '#test/builders/browserProcesses.ts';
import { cpuMs } from '../measure.ts';
import { watchScript } from './code.ts';
import { type ThreadTimes, threadTimesOf } from './threadTimes.ts';

/** A page in the kiosk's own browser, full-screen on one display, with nothing else open. */
export type BenchPage = {
  go(url: string): Promise<void>;
  /** Runs a script in the page and reads what it gives. */
  evaluate<Reply>(script: string, reply: z.ZodType<Reply>): Promise<Reply>;
  /** Processor time of the browser's whole tree, ms. */
  cpuMs(): number;
  /** The same by thread. */
  threadTimes(): Promise<ThreadTimes>;
  /** Its proportional set size, MiB, by kind of process. */
  memoryMiB(): Promise<{ readonly all: number; readonly byKind: Readonly<Record<string, number>> }>;
  close(): Promise<void>;
};

const Evaluated = z.object({
  result: z.object({ value: z.unknown() }),
  exceptionDetails: z.object({ exception: z.object({ description: z.string() }).optional() }).optional(),
});

/** Starts a fresh browser. `env` names the display. Sandboxed, as another user where root runs it; without a sandbox under CI only. */
export async function openBenchPage({ env, blankUrl }: { env: NodeJS.ProcessEnv; blankUrl: string }): Promise<BenchPage> {
  const executable = await findBrowser({ env: process.env });
  if (executable === undefined) throw new Error('no Chromium here; COMMANDWALL_CHROMIUM=/path names one');
  const user = await chooseBrowserUser({ ownUid: process.getuid?.() });
  let pid = 0;
  const hear = (context: object) => {
    if ('browserPid' in context && pid === 0) pid = Number(context.browserPid);
  };
  const log = { debug: () => {}, info: hear, warn: () => {}, error: () => {} };
  const sandbox = process.env['CI'] === undefined ? 'sandboxed' : 'unsafeNoSandbox';
  const browser = createBrowser({ executable, user, env: { ...process.env, ...env }, sandbox, timers: machineTimers, log });
  const { session, targetId, connection } = await browser.openPage(blankUrl);
  const { windowId } = await connection.ask('Browser.getWindowForTarget', {
    params: { targetId },
    reply: z.object({ windowId: z.number() }),
  });
  await connection.tell('Browser.setWindowBounds', { windowId, bounds: { windowState: 'fullscreen' } });
  await session.tell('Page.enable');
  await session.tell('Page.addScriptToEvaluateOnNewDocument', { source: watchScript });
  return {
    go: async (url) => {
      const loaded = Promise.withResolvers<void>();
      const stop = session.onEvent('Page.loadEventFired', () => loaded.resolve());
      await session.tell('Page.navigate', { url });
      await loaded.promise;
      stop();
    },
    evaluate: async (script, reply) => {
      const params = { expression: script, returnByValue: true, awaitPromise: true };
      const { result, exceptionDetails } = await session.ask('Runtime.evaluate', { params, reply: Evaluated });
      if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description ?? 'a script failed in the page');
      return reply.parse(result.value);
    },
    cpuMs: () => cpuMs([pid]),
    threadTimes: () => threadTimesOf(pid),
    memoryMiB: () => memoryOf(pid),
    close: async () => {
      const ended = Promise.withResolvers<void>();
      connection.onClosed(() => ended.resolve());
      await Promise.all([browser.close(), ended.promise]);
    },
  };
}

/** Proportional set size of a process and everything below it, MiB. */
export async function memoryOf(pid: number): Promise<{ all: number; byKind: Record<string, number> }> {
  const byKind: Record<string, number> = {};
  for (const { pid: each, kind } of await processesBelow(pid)) byKind[kind] = (byKind[kind] ?? 0) + pssKiB(each) / 1024;
  return { all: Object.values(byKind).reduce((sum, mib) => sum + mib, 0), byKind };
}

function pssKiB(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import { connectCdp, type CdpConnection, type CdpSession } from '#kiosk/cdp.ts';
import { processesBelow } from './browserProcesses.ts';
import { wallFlags } from './wallFeed.ts';

/**
 * A page in a Chromium of its own that nobody listens to: no domain of the DevTools protocol is on, as on a wall. Whoever turns `Network` on
 * (Playwright does) makes the page's process keep up to 200,000,000 bytes of what it fetched, for somebody who may ask for it.
 */
export type UnwatchedPage = {
  readonly session: CdpSession;
  /** What there is of the page when the collector has gone over it and its workers. */
  leftOver(): Promise<LeftOver>;
  close(): Promise<void>;
};

/** Counts of living things, and memory: the page's own, and that of its process (proportional set size). */
export type LeftOver = {
  readonly nodes: number;
  readonly listeners: number;
  readonly videos: number;
  readonly mediaSources: number;
  readonly openPeers: number;
  readonly workers: number;
  readonly processes: number;
  readonly heapMB: number;
  readonly residentMB: number;
};

const Attached = z.object({ sessionId: z.string() });
const AttachedWorker = z.object({ sessionId: z.string(), targetInfo: z.object({ type: z.string() }) });
const DetachedWorker = z.object({ sessionId: z.string() });
const Metrics = z.object({ metrics: z.array(z.object({ name: z.string(), value: z.number() })) });
const Evaluated = z.object({ result: z.object({ objectId: z.string() }) });
const Queried = z.object({ objects: z.object({ objectId: z.string() }) });
const Counted = z.object({ result: z.object({ value: z.number() }) });

/** Opens `url` in it. */
export async function openUnwatchedPage(url: string): Promise<UnwatchedPage> {
  await using opening = new AsyncDisposableStack();
  const home = await mkdtemp(path.join(tmpdir(), 'commandwall-page-'));
  opening.defer(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
  const { pid, connection, close: closeBrowser } = await startBrowser(home);
  opening.defer(closeBrowser);
  const page = { url: 'about:blank', newWindow: true, width: 1920, height: 1080 };
  const { targetId } = await connection.ask('Target.createTarget', { params: page, reply: z.object({ targetId: z.string() }) });
  const { sessionId } = await connection.ask('Target.attachToTarget', { params: { targetId, flatten: true }, reply: Attached });
  const session = connection.session(sessionId);
  const workers = new Map<string, CdpSession>();
  session.onEvent('Target.attachedToTarget', (params) => {
    const attached = AttachedWorker.parse(params);
    if (attached.targetInfo.type === 'worker') workers.set(attached.sessionId, connection.session(attached.sessionId));
  });
  session.onEvent('Target.detachedFromTarget', (params) => void workers.delete(DetachedWorker.parse(params).sessionId));
  await session.tell('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: true });
  await session.tell('Performance.enable');
  await session.tell('Page.navigate', { url });
  const closers = opening.move();
  return {
    session,
    leftOver: async () => {
      // What one round lets go of may hold what the next one collects.
      for (let round = 0; round < 3; round += 1) {
        await session.tell('HeapProfiler.collectGarbage');
        await Promise.all([...workers.values()].map((worker) => worker.tell('HeapProfiler.collectGarbage')));
      }
      const { metrics } = await session.ask('Performance.getMetrics', { reply: Metrics });
      const metric = (name: string) => metrics.find((each) => each.name === name)?.value ?? Number.NaN;
      const processes = await processesBelow(pid);
      return {
        nodes: metric('Nodes'),
        listeners: metric('JSEventListeners'),
        videos: await alive(session, 'HTMLVideoElement'),
        mediaSources: await alive(session, 'MediaSource'),
        openPeers: await alive(session, 'RTCPeerConnection'),
        workers: workers.size,
        processes: processes.length,
        heapMB: metric('JSHeapUsedSize') / 2 ** 20,
        residentMB: await largestRendererMB(processes),
      };
    },
    close: () => closers.disposeAsync(),
  };
}

async function startBrowser(home: string): Promise<{ pid: number; connection: CdpConnection; close: () => Promise<void> }> {
  const executable = process.env['COMMANDWALL_CHROMIUM'] ?? '/usr/bin/chromium';
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const flags = ['--headless', '--remote-debugging-pipe', `--user-data-dir=${home}`, ...sandbox, ...wallFlags];
  const child = spawn(executable, [...flags, '--mute-audio', '--disk-cache-size=1', '--media-cache-size=1'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const connection = connectCdp({ toBrowser: child.stdio[3] as Writable, fromBrowser: child.stdio[4] as Readable });
  await connection.tell('Browser.getVersion');
  const close = async () => {
    const exited = once(child, 'exit');
    connection.tell('Browser.close').catch(() => {}); // the pipe often ends before the answer
    await exited;
    connection.close();
  };
  return { pid: child.pid!, connection, close };
}

/** How many objects of a class are alive in the page, whether they are in the document or not. */
async function alive(session: CdpSession, name: string): Promise<number> {
  const { result } = await session.ask('Runtime.evaluate', { params: { expression: `${name}.prototype` }, reply: Evaluated });
  const asked = { prototypeObjectId: result.objectId, objectGroup: 'count' };
  const { objects } = await session.ask('Runtime.queryObjects', { params: asked, reply: Queried });
  const count = {
    objectId: objects.objectId,
    // A closed connection may wait for the collector a little longer; one that is not closed never goes.
    functionDeclaration: "function () { return this.filter((each) => each.connectionState !== 'closed').length; }",
    returnByValue: true,
  };
  const counted = await session.ask('Runtime.callFunctionOn', { params: count, reply: Counted });
  await session.tell('Runtime.releaseObjectGroup', { objectGroup: 'count' });
  return counted.result.value;
}

/** What a worker leaves behind is in its page's process, and in no count of the page. */
async function largestRendererMB(processes: readonly { readonly pid: number; readonly kind: string }[]): Promise<number> {
  const renderers = processes.filter(({ kind }) => kind === 'renderer');
  const sizes = renderers.map(async ({ pid }) => {
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
    return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) / 1024;
  });
  return Math.max(...(await Promise.all(sizes)));
}

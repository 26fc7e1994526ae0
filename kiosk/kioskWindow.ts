import { z } from 'zod';
import type { WindowIdentity } from '#contract/bridge/index.ts';
import type { Timers } from '#contract/values/index.ts';
import {
  type Channel,
  createAnnouncer,
  createEnding,
  type OpenedWindow,
  type OpenWindow,
  plainPageUrl,
  startHeartbeat,
  type WindowGoneReason,
} from '#main/shell/index.ts';
import type { Admissions } from './admissions.ts';
import type { BridgeSockets } from './bridgeSockets.ts';
import type { BrowserPage } from './browser.ts';
import { createHandover } from './handover.ts';
import type { KioskLog } from './log.ts';
import { place } from './placement.ts';
import type { WindowServer } from './windowServer.ts';

export type KioskWindowPorts = {
  readonly server: WindowServer;
  readonly sockets: BridgeSockets;
  readonly admissions: Admissions;
  readonly timers: Timers;
  readonly log: KioskLog;
  readonly onConnected: (identity: WindowIdentity) => void;
};

/** Turns an empty page into one window of the room. */
export async function openKioskWindow(
  request: OpenWindow,
  { page, ports }: { page: BrowserPage; ports: KioskWindowPorts },
): Promise<OpenedWindow> {
  const { session, connection, targetId } = page;
  const { server, sockets, admissions, log, timers } = ports;
  const { windowId, kind } = request.identity;
  const url = `${server.pageUrl(kind)}?lang=${request.language}`;
  const channels = createAnnouncer<Channel>();
  const goings = createEnding<WindowGoneReason>();
  const closers = new DisposableStack();
  const handover = createHandover({ session, windowId, origin: server.origin, admissions });
  const load = (address: string) => session.tell('Page.navigate', { url: address });

  const end = (reason: WindowGoneReason) => {
    if (closers.disposed) return;
    closers.dispose();
    page.forget();
    admissions.revoke(windowId);
    sockets.drop(windowId);
    connection.tell('Target.closeTarget', { targetId }).catch(() => {}); // often gone already
    log.info({ windowId, reason }, 'a window is gone');
    goings.tell(reason);
  };
  closers.defer(watchEnd({ page, onEnd: end }));
  closers.defer(
    sockets.onChannel(windowId, (channel) => {
      channels.tell(channel);
      ports.onConnected(request.identity);
      handover
        .prepare()
        .catch((error: unknown) => log.debug({ windowId, error: String(error) }, 'a page left before its next code was ready'));
    }),
  );

  await session.tell('Page.enable');
  await handover.prepare();
  await load(url);
  const endFrozen = () => {
    log.warn({ windowId }, 'a page does not answer; it is ended');
    session.tell('Page.crash').catch(() => {}); // ends the process also where its main thread hangs
    end('crashed');
  };
  if (!closers.disposed)
    closers.defer(startHeartbeat({ askPage: () => session.tell('Runtime.evaluate', { expression: '1' }), timers, onFrozen: endFrozen }));
  return {
    windowId,
    onChannel: channels.listen,
    onGone: goings.listen,
    placeOn: (display) => place({ display, mode: request.mode }, page),
    bringToFront: () => session.tell('Page.bringToFront'),
    reload: async () => {
      sockets.drop(windowId);
      await load(url);
    },
    showPlainPage: async (lines) => {
      sockets.drop(windowId);
      await load(plainPageUrl({ lines, language: request.language }));
    },
    close: async () => end('closedByUser'),
  };
}

const Crash = z.object({ targetId: z.string(), status: z.string() });
const Destroyed = z.object({ targetId: z.string() });

/** Every way a page can end: its process, its window, the whole browser. Returns the unsubscriber. */
function watchEnd({ page, onEnd }: { page: BrowserPage; onEnd: (reason: WindowGoneReason) => void }): () => void {
  const { connection, targetId } = page;
  const stops = [
    connection.onClosed(() => onEnd('shellEnded')),
    connection.onEvent('Target.targetCrashed', (params) => {
      const crash = Crash.parse(params);
      if (crash.targetId === targetId) onEnd(crash.status === 'killed' ? 'killed' : 'crashed');
    }),
    connection.onEvent('Target.targetDestroyed', (params) => {
      if (Destroyed.parse(params).targetId === targetId) onEnd('closedByUser');
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

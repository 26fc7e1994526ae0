import { z } from 'zod';
import { handoverName, type PresentDisplay } from '#contract/bridge/index.ts';
import type { Timers } from '#contract/values/index.ts';
import {
  type Channel,
  createAnnouncer,
  createEnding,
  type OpenedWindow,
  type OpenWindow,
  plainPageUrl,
  type WindowGoneReason,
} from '#main/shell/index.ts';
import type { Admissions } from './admissions.ts';
import type { BridgeSockets } from './bridgeSockets.ts';
import type { BrowserPage } from './browser.ts';
import { startHeartbeat } from './heartbeat.ts';
import type { KioskLog } from './log.ts';
import type { WindowServer } from './windowServer.ts';

export type KioskWindowPorts = {
  readonly server: WindowServer;
  readonly sockets: BridgeSockets;
  readonly admissions: Admissions;
  readonly timers: Timers;
  readonly log: KioskLog;
};

const AddedScript = z.object({ identifier: z.string() });
const BrowserWindow = z.object({ windowId: z.int() });
const Crash = z.object({ targetId: z.string(), status: z.string() });
const Destroyed = z.object({ targetId: z.string() });

/** Turns an empty page into one window of the room and keeps the handover ready for every load of it. */
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
  let handover: string | undefined;
  let isGone = false;

  /** The page's next load finds a code that no load before it has seen. */
  const prepareHandover = async () => {
    const code = admissions.issueCode({ windowId, validForMs: null });
    const before = handover;
    const { identifier } = await session.ask('Page.addScriptToEvaluateOnNewDocument', {
      params: { source: handoverScript({ origin: server.origin, code }) },
      reply: AddedScript,
    });
    handover = identifier;
    if (before !== undefined) await session.tell('Page.removeScriptToEvaluateOnNewDocument', { identifier: before });
  };
  const gone = (reason: WindowGoneReason) => {
    if (isGone) return;
    isGone = true;
    closers.dispose();
    page.forget();
    admissions.revoke(windowId);
    sockets.drop(windowId);
    connection.tell('Target.closeTarget', { targetId }).catch(() => {}); // often gone already
    log.info({ windowId, reason }, 'a window is gone');
    goings.tell(reason);
  };
  const ifAlive = (run: () => Promise<unknown>) =>
    run().catch((error: unknown) => log.debug({ windowId, error: String(error) }, 'a page did not obey'));

  closers.defer(connection.onClosed(() => gone('shellEnded')));
  closers.defer(
    connection.onEvent('Target.targetCrashed', (params) => {
      const crash = Crash.parse(params);
      if (crash.targetId === targetId) gone(crash.status === 'killed' ? 'killed' : 'crashed');
    }),
  );
  closers.defer(
    connection.onEvent('Target.targetDestroyed', (params) => {
      if (Destroyed.parse(params).targetId === targetId) gone('closedByUser');
    }),
  );
  // A used code is replaced for the next load; an unused one stays, or a page that loads just now would come with a void one.
  closers.defer(
    sockets.onChannel(windowId, (channel) => {
      channels.tell(channel);
      if (!admissions.hasCode(windowId)) void ifAlive(prepareHandover);
    }),
  );

  const placeOn = async ({ x, y, widthPx, heightPx }: PresentDisplay) => {
    const { windowId: browserWindow } = await connection.ask('Browser.getWindowForTarget', { params: { targetId }, reply: BrowserWindow });
    const setBounds = (bounds: object) => connection.tell('Browser.setWindowBounds', { windowId: browserWindow, bounds });
    // A full-screen window cannot be moved, so it becomes a normal one on that display first.
    await setBounds({ windowState: 'normal' });
    await setBounds({ left: x, top: y, width: widthPx, height: heightPx });
    await setBounds({ windowState: 'fullscreen' });
  };
  const load = async (address: string) => {
    await session.tell('Page.navigate', { url: address });
  };

  await session.tell('Page.enable');
  await prepareHandover();
  await load(url);
  if (request.mode === 'fullScreen' && request.display !== null) await placeOn(request.display);
  const frozen = () => {
    log.warn({ windowId }, 'a page does not answer; it is ended');
    session.tell('Page.crash').catch(() => {}); // ends the process also where its main thread hangs
    gone('crashed');
  };
  closers.defer(startHeartbeat({ session, timers, onFrozen: frozen }));
  return {
    windowId,
    onChannel: channels.listen,
    onGone: goings.listen,
    placeOn,
    reload: async () => {
      sockets.drop(windowId);
      await load(url);
    },
    showPlainPage: async (lines) => {
      sockets.drop(windowId);
      await load(plainPageUrl({ lines, language: request.language }));
    },
    close: async () => gone('closedByUser'),
  };
}

/**
 * Runs before any script of the page, in our own top document only. The page reads the global once and deletes it (renderer/bridge); the
 * code is no part of an address, a command line or a file.
 */
function handoverScript({ origin, code }: { origin: string; code: string }): string {
  const value = JSON.stringify({ kind: 'webSocket', code });
  return (
    `if (location.origin === ${JSON.stringify(origin)} && window === window.top) ` +
    `Object.defineProperty(window, ${JSON.stringify(handoverName)}, { value: ${value}, configurable: true, enumerable: false, writable: false });`
  );
}

import type { BrowserWindow, WebContents } from 'electron';
import { handoverName, type WindowIdentity } from '#contract/bridge/index.ts';
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
import type { ElectronParts } from './electronParts.ts';
import { openPortChannel } from './portChannel.ts';
import { roomOrigin } from './roomSession.ts';
import { boundsOn } from './windowOptions.ts';

export type ElectronWindowPorts = {
  readonly electron: Pick<ElectronParts, 'MessageChannelMain'>;
  readonly timers: Timers;
  readonly onConnected: (identity: WindowIdentity) => void;
};

/** Any world of its own, so that the heartbeat neither sees nor is seen by the page's scripts. */
const heartbeatWorld = 999;

/** Turns a new, still empty BrowserWindow into one window of the room. */
export async function openElectronWindow(
  request: OpenWindow,
  { window, ports }: { window: BrowserWindow; ports: ElectronWindowPorts },
): Promise<OpenedWindow> {
  const { electron, timers, onConnected } = ports;
  const { webContents } = window;
  const { identity, language, mode } = request;
  const url = `${roomOrigin}/${identity.kind}.html?lang=${language}`;
  const channels = createAnnouncer<Channel>();
  const goings = createEnding<WindowGoneReason>();
  let channel: Channel | undefined;
  let stopHeartbeat = () => {};
  let isEnded = false;

  const end = (reason: WindowGoneReason) => {
    if (isEnded) return;
    isEnded = true;
    stopHeartbeat();
    channel?.close();
    if (!window.isDestroyed()) window.destroy();
    goings.tell(reason);
  };
  const handOver = () => {
    if (!webContents.getURL().startsWith(`${roomOrigin}/`)) return; // the plain page gets nothing
    const { port1, port2 } = new electron.MessageChannelMain();
    channel = openPortChannel(port1);
    webContents.postMessage(handoverName, handoverName, [port2]);
    channels.tell(channel);
    onConnected(identity);
  };
  allowNoOtherPage(webContents);
  webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) channel?.close();
  });
  webContents.on('did-finish-load', handOver);
  webContents.on('render-process-gone', (_event, { reason }) => end(reason === 'killed' ? 'killed' : 'crashed'));
  window.on('closed', () => end('closedByUser'));

  await load({ window, url });
  if (!isEnded) {
    stopHeartbeat = startHeartbeat({
      askPage: () => webContents.executeJavaScriptInIsolatedWorld(heartbeatWorld, [{ code: '1' }]),
      timers,
      onFrozen: () => webContents.forcefullyCrashRenderer(),
    });
  }
  return {
    windowId: identity.windowId,
    onChannel: channels.listen,
    onGone: goings.listen,
    placeOn: async (display) => {
      // A full-screen window cannot be moved to another display.
      window.setFullScreen(false);
      window.setBounds(boundsOn({ display, share: mode === 'fullScreen' ? 1 : 0.9 }));
      if (mode === 'fullScreen') window.setFullScreen(true);
    },
    bringToFront: async () => window.moveTop(),
    reload: () => load({ window, url }),
    showPlainPage: (lines) => load({ window, url: plainPageUrl({ lines, language }) }),
    close: async () => end('closedByUser'),
  };
}

/** Whatever a page does, the window stays where it was sent: no navigation, no new window, no webview. */
function allowNoOtherPage(webContents: WebContents): void {
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  webContents.on('will-navigate', (event) => event.preventDefault());
  webContents.on('will-frame-navigate', (event) => event.preventDefault());
  webContents.on('will-redirect', (event) => event.preventDefault());
  webContents.on('will-attach-webview', (event) => event.preventDefault());
}

/** A load that another load overtook, or whose window is gone, is no error of ours: the endings tell. */
async function load({ window, url }: { window: BrowserWindow; url: string }): Promise<void> {
  await window.loadURL(url).catch((error: NodeJS.ErrnoException) => {
    if (!window.isDestroyed() && error.code !== 'ERR_ABORTED') throw error;
  });
}

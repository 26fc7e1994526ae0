import type { PresentDisplay, WindowIdentity } from '#contract/bridge/index.ts';
import type { Timers, WindowId } from '#contract/values/index.ts';
import { DisplayKey } from '#contract/wall/index.ts';
import { type Channel, createAnnouncer, createEnding, type Displays, type WindowGoneReason, type Windows } from '#main/shell/index.ts';
import type { Admissions } from './admissions.ts';
import type { BridgeSockets } from './bridgeSockets.ts';
import type { WindowServer } from './windowServer.ts';

/** An address that opens one window once: its fragment, which never leaves the browser, carries the code. */
export type TabAddress = { readonly kind: WindowIdentity['kind']; readonly url: string };

/** safety.md, "Kiosk and bridge, exactly": single use, 60 s. */
const codeValidForMs = 60_000;
/** A stale address that is tried again and again tells one fresh one only. */
const tellAtMostEveryMs = 5000;

/** A browser tab has no display of its own: one of ordinary size stands for it, so that there is a wall to put cameras on. */
const tabDisplay: PresentDisplay = {
  displayKey: DisplayKey.parse('tab'),
  keySource: 'position',
  connector: 'tab',
  x: 0,
  y: 0,
  widthPx: 1920,
  heightPx: 1080,
  scale: 1,
  widthMm: null,
  heightMm: null,
  isPrimary: true,
};

export const tabDisplays: Displays = { list: async () => [tabDisplay], onChange: () => () => {} };

export type TabWindowsPorts = {
  readonly server: WindowServer;
  readonly sockets: BridgeSockets;
  readonly admissions: Admissions;
  readonly timers: Timers;
  readonly tellUrl: (address: TabAddress) => void;
  readonly onConnected: (identity: WindowIdentity) => void;
};

/**
 * Windows as addresses. Nobody here can see a tab close, so a window is gone only when main closes it; whoever comes too late gets a fresh
 * address told, at the terminal and nowhere else.
 */
export function createTabWindows(ports: TabWindowsPorts): { windows: Windows; tellAgain: () => void } {
  const { server, sockets, admissions, timers, tellUrl } = ports;
  const open = new Map<WindowId, { identity: WindowIdentity; tell: () => void }>();
  const connected = new Map<WindowId, Channel>();
  const tellAgain = () => {
    for (const [windowId, { tell }] of open) if (!connected.has(windowId)) tell();
  };
  let isQuiet = false;
  sockets.onRefused(() => {
    if (isQuiet) return;
    isQuiet = true;
    timers.afterMs(tellAtMostEveryMs, () => (isQuiet = false));
    tellAgain();
  });
  const windows: Windows = {
    async open({ identity, language }) {
      const { windowId, kind } = identity;
      const channels = createAnnouncer<Channel>();
      const goings = createEnding<WindowGoneReason>();
      const tell = () => {
        const code = admissions.issueCode({ windowId, validForMs: codeValidForMs });
        tellUrl({ kind, url: `${server.pageUrl(kind)}?lang=${language}#code=${code}` });
      };
      open.set(windowId, { identity, tell });
      const forgetConnection = sockets.onChannel(windowId, (channel) => {
        connected.set(windowId, channel);
        channels.tell(channel);
        ports.onConnected(identity);
        channel.onClosed(() => {
          if (connected.get(windowId) === channel) connected.delete(windowId);
        });
      });
      tell();
      return {
        windowId,
        onChannel: channels.listen,
        onGone: goings.listen,
        placeOn: async () => {}, // where a tab lies is its owner's choice
        bringToFront: async () => {},
        reload: async () => sockets.drop(windowId),
        showPlainPage: async () => sockets.drop(windowId),
        close: async () => {
          if (!open.delete(windowId)) return;
          forgetConnection();
          admissions.revoke(windowId);
          sockets.drop(windowId);
          goings.tell('closedByUser');
        },
      };
    },
  };
  return { windows, tellAgain };
}

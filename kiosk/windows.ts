import type { Windows } from '#main/shell/index.ts';
import type { Browser } from './browser.ts';
import { type KioskWindowPorts, openKioskWindow } from './kioskWindow.ts';

/** Where a window goes that names no display; the window manager may know better. */
const framedPlace = { left: 60, top: 40, width: 1600, height: 960 };

/** One browser window per request; which, where and when again is main's. */
export function createKioskWindows({ browser, ports }: { readonly browser: Browser; readonly ports: KioskWindowPorts }): Windows {
  return {
    async open(request) {
      const { display } = request;
      const place = display === null ? framedPlace : framedOn({ display });
      const page = await browser.openPage(place);
      try {
        return await openKioskWindow(request, { page, ports });
      } catch (error) {
        page.connection.tell('Target.closeTarget', { targetId: page.targetId }).catch(() => {}); // nothing half-open stays
        throw error;
      }
    },
  };
}

/** Inside the display with a margin, so that no window manager moves it to a neighbour. */
function framedOn({ display }: { display: { x: number; y: number; widthPx: number; heightPx: number } }) {
  const { x, y, widthPx, heightPx } = display;
  return {
    left: x + Math.round(widthPx * 0.05),
    top: y + Math.round(heightPx * 0.05),
    width: Math.round(widthPx * 0.9),
    height: Math.round(heightPx * 0.9),
  };
}

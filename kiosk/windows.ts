import type { Windows } from '#main/shell/index.ts';
import type { Browser } from './browser.ts';
import { type KioskWindowPorts, openKioskWindow } from './kioskWindow.ts';
import { place } from './placement.ts';

/** One browser window per request; which, where and when again is main's. */
export function createKioskWindows({ browser, ports }: { readonly browser: Browser; readonly ports: KioskWindowPorts }): Windows {
  return {
    async open(request) {
      const { identity, display, mode } = request;
      const page = await browser.openPage(ports.server.emptyPageUrl(identity.windowId));
      try {
        await place({ display, mode }, page);
        return await openKioskWindow(request, { page, ports });
      } catch (error) {
        page.connection.tell('Target.closeTarget', { targetId: page.targetId }).catch(() => {}); // nothing half-open stays
        throw error;
      }
    },
  };
}

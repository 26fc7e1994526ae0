import type { Windows } from '#main/shell/index.ts';
import type { Browser } from './browser.ts';
import { type KioskWindowPorts, openKioskWindow } from './kioskWindow.ts';
import { place } from './placement.ts';

/** A page whose process hangs from its first moment answers nothing; main tries again with another one. */
const openPatienceMs = 20_000;

/** One browser window per request; which, where and when again is main's. */
export function createKioskWindows({ browser, ports }: { readonly browser: Browser; readonly ports: KioskWindowPorts }): Windows {
  return {
    async open(request) {
      const { identity, display, mode } = request;
      const page = await browser.openPage(ports.server.emptyPageUrl(identity.windowId));
      using deadline = new DisposableStack();
      const tooLate = new Promise<never>((_, reject) => {
        deadline.defer(ports.timers.afterMs(openPatienceMs, () => reject(new Error('the page did not open in time'))));
      });
      try {
        const opening = place({ display, mode }, page).then(() => openKioskWindow(request, { page, ports }));
        return await Promise.race([opening, tooLate]);
      } catch (error) {
        page.connection.tell('Target.closeTarget', { targetId: page.targetId }).catch(() => {}); // nothing half-open stays
        throw error;
      }
    },
  };
}

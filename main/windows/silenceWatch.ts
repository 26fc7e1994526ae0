import type { Timers, WindowId } from '#contract/values/index.ts';

/** A wall reports its glass every 2 s; one that says nothing for this long shows a picture that nobody vouches for. */
export const silentWallMs = 30_000;

/** Watches windows that have begun to report, and tells which one stopped. */
export function createSilenceWatch({ timers, onSilent }: { timers: Timers; onSilent: (windowId: WindowId) => void }) {
  const cancels = new Map<WindowId, () => void>();
  const forget = (windowId: WindowId) => {
    cancels.get(windowId)?.();
    cancels.delete(windowId);
  };
  return {
    heard: (windowId: WindowId) => {
      forget(windowId);
      const cancel = timers.afterMs(silentWallMs, () => {
        forget(windowId);
        onSilent(windowId);
      });
      cancels.set(windowId, cancel);
    },
    /** Its channel closed: whoever closed it sees to it. */
    forget,
    close: () => {
      for (const windowId of [...cancels.keys()]) forget(windowId);
    },
  };
}

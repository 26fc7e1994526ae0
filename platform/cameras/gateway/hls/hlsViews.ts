import type { Timers } from '#contract/values/index.ts';
import type { MediaGrants, OpenedGrant } from '#platform/cameras/ports.ts';
import { createDeadline, type Deadline } from '../deadline.ts';
import type { GatewayLimits } from '../limits.ts';

/** Which windows look by HLS: single requests, told as one interval per window and stream. */
export type HlsViews = {
  /** A window is to be given a file of this grant's stream; false = it may not. Renewed grants go on with the first one's interval. */
  looked(grant: OpenedGrant): Promise<boolean>;
  close(): void;
};

type View = { readonly grant: OpenedGrant; readonly deadline: Deadline; readonly isWritten: Promise<boolean> };

export function createHlsViews({ grants, timers, limits }: { grants: MediaGrants; timers: Timers; limits: GatewayLimits }): HlsViews {
  const open = new Map<string, View>();

  return {
    async looked(grant) {
      const key = `${grant.windowId}/${grant.cameraId}/${grant.quality}`;
      const view = open.get(key) ?? { grant, deadline: createDeadline(timers), isWritten: grants.viewOpened(grant) };
      open.set(key, view);
      if (!(await view.isWritten)) {
        if (open.get(key) === view) open.delete(key);
        return false;
      }
      if (open.get(key) !== view) return false;
      // A player says nothing when it leaves: it only stops to ask.
      view.deadline.set(limits.hlsViewerMs, () => {
        open.delete(key);
        grants.viewClosed(view.grant, grants.isStillAllowed(view.grant) ? 'closed' : 'rightEnded');
      });
      return true;
    },
    close() {
      for (const { grant, deadline, isWritten } of open.values()) {
        deadline.clear();
        void isWritten.then((was) => was && grants.viewClosed(grant, 'closed'));
      }
      open.clear();
    },
  };
}

import type { ViewEnd } from '#contract/audit/index.ts';
import type { Timers } from '#contract/values/index.ts';
import type { MediaGrants, OpenedGrant } from '#platform/cameras/ports.ts';
import { createDeadline, type Deadline } from '../deadline.ts';
import type { GatewayLimits } from '../limits.ts';

/** Which windows look by HLS: single requests, told as one interval per window and stream. */
export type HlsViews = {
  /** A window is to be given a file of this grant's stream; false = it may not. Renewed grants go on with the first one's interval. */
  looked(grant: OpenedGrant): Promise<boolean>;
  /** Ends the looks whose right is gone; what is seen by another right of the same window from now on is a look of its own. */
  recheck(): void;
  close(): void;
};

/** `newest`: the right that the last file was given by; the look is told by its first one. */
type View = { readonly grant: OpenedGrant; newest: OpenedGrant; readonly deadline: Deadline; readonly isWritten: Promise<boolean> };

export function createHlsViews({ grants, timers, limits }: { grants: MediaGrants; timers: Timers; limits: GatewayLimits }): HlsViews {
  const open = new Map<string, View>();
  const end = (key: string, { grant, deadline, isWritten }: View, why: ViewEnd) => {
    open.delete(key);
    deadline.clear();
    void isWritten.then((was) => was && grants.viewClosed(grant, why));
  };

  return {
    async looked(grant) {
      const key = `${grant.windowId}/${grant.cameraId}/${grant.quality}`;
      const known = open.get(key);
      const view = known ?? { grant, newest: grant, deadline: createDeadline(timers), isWritten: grants.viewOpened(grant) };
      view.newest = grant;
      open.set(key, view);
      if (!(await view.isWritten)) {
        if (open.get(key) === view) open.delete(key);
        return false;
      }
      if (open.get(key) !== view) return false;
      // A player says nothing when it leaves: it only stops to ask.
      view.deadline.set(limits.hlsViewerMs, () => end(key, view, grants.isStillAllowed(view.newest) ? 'closed' : 'rightEnded'));
      return true;
    },
    recheck() {
      for (const [key, view] of [...open]) if (!grants.isStillAllowed(view.newest)) end(key, view, 'rightEnded');
    },
    close() {
      for (const [key, view] of [...open]) end(key, view, 'closed');
    },
  };
}

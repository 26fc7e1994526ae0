import type { Timers } from '#contract/values/index.ts';
import type { MediaGrants, OpenedGrant } from '#platform/cameras/ports.ts';
import { createDeadline, type Deadline } from '../deadline.ts';
import type { GatewayLimits } from '../limits.ts';

/** Which windows look by HLS: single requests, told as one interval per window and stream. */
export type HlsViews = {
  /** A window was given a file of this grant's stream. Renewed grants go on with the first one's interval. */
  looked(grant: OpenedGrant): void;
  close(): void;
};

export function createHlsViews({ grants, timers, limits }: { grants: MediaGrants; timers: Timers; limits: GatewayLimits }): HlsViews {
  const open = new Map<string, { readonly grant: OpenedGrant; readonly deadline: Deadline }>();

  const begin = (grant: OpenedGrant) => {
    grants.viewOpened(grant);
    return { grant, deadline: createDeadline(timers) };
  };

  return {
    looked(grant) {
      const key = `${grant.windowId}/${grant.cameraId}/${grant.quality}`;
      const view = open.get(key) ?? begin(grant);
      open.set(key, view);
      // A player says nothing when it leaves: it only stops to ask.
      view.deadline.set(limits.hlsViewerMs, () => {
        open.delete(key);
        grants.viewClosed(view.grant, grants.isStillAllowed(view.grant) ? 'closed' : 'rightEnded');
      });
    },
    close() {
      for (const { grant, deadline } of open.values()) {
        deadline.clear();
        grants.viewClosed(grant, 'closed');
      }
      open.clear();
    },
  };
}

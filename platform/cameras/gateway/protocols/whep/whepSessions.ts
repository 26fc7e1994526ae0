import { whepLimits } from '#contract/cameras/index.ts';
import type { ViewEnd } from '#contract/audit/index.ts';
import type { Timers } from '#contract/values/index.ts';
import type { MediaGrants, OpenedGrant } from '#platform/cameras/ports.ts';
import { createDeadline, type Deadline } from '../../deadline.ts';

/** One window that plays a camera by WebRTC. `hangUp` ends it at the camera. */
type WhepSession = { readonly grant: OpenedGrant; readonly hangUp: () => void; readonly silence: Deadline };

/** The WebRTC views that are open. What their windows are shown does not come through here: each has to say that it still looks. */
export type WhepSessions = {
  /** Makes room for one more; false when there is none. */
  hasRoom(): boolean;
  add(id: string, session: Omit<WhepSession, 'silence'>): void;
  /** The window still plays; false when this is no view of that grant's camera and window. */
  renew(id: string, grant: OpenedGrant): boolean;
  /** The window plays no more; false as above. */
  end(id: string, grant: OpenedGrant): boolean;
  /** Ends views whose right is gone. */
  recheck(): void;
  close(): void;
};

export function createWhepSessions({
  grants,
  timers,
  maxSessions,
}: {
  grants: MediaGrants;
  timers: Timers;
  maxSessions: number;
}): WhepSessions {
  const open = new Map<string, WhepSession>();

  const finish = (id: string, why: ViewEnd) => {
    const session = open.get(id);
    if (session === undefined) return;
    open.delete(id);
    session.silence.clear();
    session.hangUp();
    grants.viewClosed(session.grant, why);
  };
  const find = (id: string, { cameraId, quality, windowId }: OpenedGrant): WhepSession | null => {
    const session = open.get(id);
    const isTheirs = session?.grant.cameraId === cameraId && session.grant.quality === quality && session.grant.windowId === windowId;
    return isTheirs && session !== undefined ? session : null;
  };
  const waitFor = (id: string, { silence }: WhepSession) => silence.set(whepLimits.renewWithinMs, () => finish(id, 'lost'));

  return {
    hasRoom: () => open.size < maxSessions,
    add(id, session) {
      const entry = { ...session, silence: createDeadline(timers) };
      open.set(id, entry);
      waitFor(id, entry);
    },
    renew(id, grant) {
      const session = find(id, grant);
      if (session !== null) waitFor(id, session);
      return session !== null;
    },
    end(id, grant) {
      if (find(id, grant) === null) return false;
      finish(id, 'closed');
      return true;
    },
    recheck() {
      for (const [id, { grant }] of open) if (!grants.isStillAllowed(grant)) finish(id, 'rightEnded');
    },
    close() {
      for (const id of [...open.keys()]) finish(id, 'closed');
    },
  };
}

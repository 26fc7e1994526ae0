import type { Actor } from '#contract/record/index.ts';
import type { PersonId } from '#contract/values/index.ts';
import type { ViewEnd } from '#contract/audit/index.ts';
import type { OpenedGrant, ViewRegister } from '../cameras/index.ts';
import type { AuditRecorder } from './recorder.ts';

/**
 * The register of looks: an interval is written down before its first picture goes out, and its end whenever that can be written. `personOf`
 * finds who is behind a session.
 */
export function createViewRegister({
  recorder,
  personOf,
}: {
  recorder: AuditRecorder;
  personOf: (sessionId: string) => PersonId | null;
}): ViewRegister {
  /** Who opened what is open now: he may have logged out when it closes. A grant may be open more than once. */
  const lookers = new Map<string, { readonly actor: Actor; count: number }>();

  function forget(grantId: string): Actor | null {
    const looker = lookers.get(grantId);
    if (looker === undefined) return null;
    looker.count -= 1;
    if (looker.count === 0) lookers.delete(grantId);
    return looker.actor;
  }

  return {
    isWritable: recorder.isWritable,
    async opened({ opened: { grantId, cameraId, quality }, viewer: { deskId, sessionId }, askedFor }) {
      const personId = sessionId === null ? null : personOf(sessionId);
      const actor = (personId === null ? `device/${deskId}` : `person/${personId}`) as Actor;
      lookers.set(grantId, { actor, count: (lookers.get(grantId)?.count ?? 0) + 1 });
      const payload = { grantId, cameraId, quality, ...askedFor, deskId, personId };
      const outcome = await recorder.record({ actor, facts: [{ type: 'audit.viewOpened', subject: `camera/${cameraId}`, payload }] });
      if (!outcome.ok) forget(grantId);
      return outcome.ok;
    },
    closed({ grantId, cameraId }: OpenedGrant, why: ViewEnd) {
      const actor = forget(grantId);
      if (actor === null) return;
      void recorder.recordEnd({
        actor,
        facts: [{ type: 'audit.viewClosed', subject: `camera/${cameraId}`, payload: { grantId, cameraId, why } }],
      });
    },
  };
}

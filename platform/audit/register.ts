import type { AuditFact } from '#contract/audit/index.ts';
import { type Actor, auditFeed } from '#contract/record/index.ts';
import { type Clock, type CountyId, granted, type PersonId } from '#contract/values/index.ts';
import type { AccountEvent } from '../access/index.ts';
import type { ViewChange } from '../cameras/index.ts';
import type { Log } from '../ports.ts';
import type { Outcome, Writer } from '../record/index.ts';
import type { AuditKeys } from './auditKeys.ts';

/** Writes looks and log-ins into the audit feed. What several tell in the same moment is one batch of the writer, one fsync. */
export type Register = {
  /** Says that whatever a platform that died had left open is over. First of all. */
  begin(): Promise<void>;
  view(change: ViewChange): void;
  loggedIn(personId: PersonId): Promise<Outcome>;
  loggedOut(personId: PersonId): Promise<Outcome>;
  /** `by` is the administrator who did it. */
  personChanged(event: AccountEvent): Promise<Outcome>;
  loginRefused(refused: { account: string; code: string }): Promise<void>;
};

/** Refusals without a try of a password come as fast as somebody can type or a program can ask: one fact for so many. Unit: ms. */
const lockedOutEveryMs = 10_000;

/** `personOf` finds who is behind a session. */
export function createRegister({
  writer,
  countyId,
  keys,
  personOf,
  clock,
  log,
}: {
  writer: Writer;
  countyId: CountyId;
  keys: Pick<AuditKeys, 'keyedHash'>;
  personOf: (sessionId: string) => PersonId | null;
  clock: Clock;
  log: Log;
}): Register {
  /** Who opened what is open now: he may have logged out when it closes. A grant may be open more than once. */
  const lookers = new Map<string, { readonly actor: Actor; count: number }>();
  let lockedOut = { toldAtMs: Number.NEGATIVE_INFINITY, repeats: 0 };

  async function record({ actor, subject, fact }: { actor: Actor; subject: string; fact: AuditFact }): Promise<Outcome> {
    const decide = () => granted({ facts: [{ ...fact, subject }] });
    const outcome = await writer.submit({ key: null, actor, decide });
    if (!outcome.ok) log.error({ type: fact.type, code: outcome.refusal.code }, 'an audit fact could not be recorded');
    return outcome;
  }

  function opened({ opened: { grantId, cameraId, quality }, viewer, askedFor }: Extract<ViewChange, { kind: 'opened' }>): void {
    const { deskId, sessionId } = viewer;
    const personId = sessionId === null ? null : personOf(sessionId);
    const actor = (personId === null ? `device/${deskId}` : `person/${personId}`) as Actor;
    lookers.set(grantId, { actor, count: (lookers.get(grantId)?.count ?? 0) + 1 });
    const payload = { grantId, cameraId, quality, ...askedFor, deskId, personId };
    void record({ actor, subject: `camera/${cameraId}`, fact: { type: 'audit.viewOpened', payload } });
  }

  function closed({ opened: { grantId, cameraId }, why }: Extract<ViewChange, { kind: 'closed' }>): void {
    const looker = lookers.get(grantId);
    if (looker === undefined) return;
    looker.count -= 1;
    if (looker.count === 0) lookers.delete(grantId);
    const payload = { grantId, cameraId, why };
    void record({ actor: looker.actor, subject: `camera/${cameraId}`, fact: { type: 'audit.viewClosed', payload } });
  }

  const ofPerson = (personId: PersonId) => ({ actor: `person/${personId}` as Actor, subject: `person/${personId}` });

  return {
    async begin() {
      await writer.submit({
        key: null,
        actor: platform,
        decide(view) {
          const { openViews } = view.stateOf(auditFeed(countyId)).audit;
          const fact = { type: 'audit.viewsLost', subject: `county/${countyId}`, payload: { openViews } } as const;
          return granted({ facts: openViews === 0 ? [] : [fact] });
        },
      });
    },
    view(change) {
      if (change.kind === 'opened') opened(change);
      else closed(change);
    },
    loggedIn: (personId) => record({ ...ofPerson(personId), fact: { type: 'audit.loggedIn', payload: { personId } } }),
    loggedOut: (personId) => record({ ...ofPerson(personId), fact: { type: 'audit.loggedOut', payload: { personId } } }),
    personChanged: ({ personId, change, by }) =>
      record({
        actor: `person/${by}` as Actor,
        subject: `person/${personId}`,
        fact: { type: 'audit.personChanged', payload: { personId, change } },
      }),
    async loginRefused({ account, code }) {
      const isLockedOut = code === 'access.tooManyTries';
      if (isLockedOut && clock.nowMs() - lockedOut.toldAtMs < lockedOutEveryMs) {
        lockedOut.repeats += 1;
        return;
      }
      const repeats = isLockedOut ? lockedOut.repeats : 0;
      if (isLockedOut) lockedOut = { toldAtMs: clock.nowMs(), repeats: 0 };
      const payload = { accountHash: keys.keyedHash(`account ${account}`), code, repeats };
      await record({ actor: platform, subject: `county/${countyId}`, fact: { type: 'audit.loginRefused', payload } });
    },
  };
}

const platform = 'system/platform' as Actor;

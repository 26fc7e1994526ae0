import type { SessionEnd } from '#contract/audit/index.ts';
import type { Actor } from '#contract/record/index.ts';
import type { PersonView } from '#contract/access/index.ts';
import type { Clock, PersonId, Timers } from '#contract/values/index.ts';
import type { FactDraft, StoredPerson, StoredSession } from '../record/index.ts';
import { type AccessLedger, personActorName } from './ledger.ts';

/** A shift and its handover fit in; nobody stays logged in over night by forgetting. */
export const sessionLifetimeMs = 12 * 60 * 60 * 1000;

/** How often expired sessions are looked for: a session must have ended everywhere within 2 s (safety.md, "Access"). */
const sweepEveryMs = 1_000;

/** A person with a living session. `sessionId` is the token's hash: fit for logs and bindings, useless for logging in. */
export type SignedIn = { readonly sessionId: string; readonly person: PersonView; readonly expiresAtMs: number };

/** What a session is good for. `passwordDue` = for setting an own password, and for nothing else. */
export type Standing = { readonly kind: 'ended' } | { readonly kind: 'passwordDue' | 'open'; readonly signedIn: SignedIn };

/** Sessions as they live in memory. The store has each of them too, written by whoever opens or ends it. */
export type Sessions = {
  standing(sessionId: string): Standing;
  add(session: StoredSession): void;
  ofPerson(personId: PersonId): readonly string[];
  /** Ends what is in the store already ended, and tells whoever listens. */
  dropped(sessionIds: readonly string[]): void;
  /** Ends one by its person's word. Told at once; resolves when it was tried to write it down. */
  logOut(sessionId: string): Promise<void>;
  onEnded(listener: (sessionIds: readonly string[]) => void): () => void;
  close(): void;
};

/** Opens the sessions of a record; ends them by themselves when their time is over. */
export function openSessions({
  stored,
  personOf,
  ledger,
  clock,
  timers,
}: {
  stored: readonly StoredSession[];
  personOf: (personId: PersonId) => StoredPerson | undefined;
  ledger: Pick<AccessLedger, 'keepEnd'>;
  clock: Clock;
  timers: Timers;
}): Sessions {
  const sessions = new Map(stored.map((session) => [session.tokenHash, session]));
  const listeners = new Set<(sessionIds: readonly string[]) => void>();

  function standing(sessionId: string): Standing {
    const session = sessions.get(sessionId);
    const person = session === undefined ? undefined : personOf(session.personId);
    const isOver = session === undefined || person === undefined || person.isDisabled || session.expiresAtMs <= clock.nowMs();
    if (isOver) return { kind: 'ended' };
    const signedIn = { sessionId, person: toView(person), expiresAtMs: session.expiresAtMs };
    return { kind: person.mustChangePassword ? 'passwordDue' : 'open', signedIn };
  }

  function dropped(sessionIds: readonly string[]): void {
    const ended = sessionIds.filter((sessionId) => sessions.delete(sessionId));
    if (ended.length > 0) for (const listener of listeners) listener(ended);
  }

  const ofPerson = (personId: PersonId) =>
    [...sessions.values()].filter((session) => session.personId === personId).map(({ tokenHash }) => tokenHash);

  async function endOf(sessionIds: readonly string[], { actor, fact }: { actor: Actor; fact: FactDraft }): Promise<void> {
    dropped(sessionIds);
    await ledger.keepEnd({ actor, facts: [fact], change: { endedSessions: sessionIds } });
  }

  let cancelSweep = () => {};
  function sweep(): void {
    const over = [...sessions.values()].filter(({ tokenHash }) => standing(tokenHash).kind === 'ended');
    for (const personId of new Set(over.map((session) => session.personId))) {
      const theirs = over.filter((session) => session.personId === personId).map(({ tokenHash }) => tokenHash);
      void endOf(theirs, { actor: platform, fact: sessionEndedFact({ personId, why: 'expired', sessions: theirs.length }) });
    }
    cancelSweep = timers.afterMs(sweepEveryMs, sweep);
  }
  sweep();

  return {
    standing,
    add: (session) => void sessions.set(session.tokenHash, session),
    ofPerson,
    dropped,
    async logOut(sessionId) {
      const session = sessions.get(sessionId);
      if (session === undefined) return;
      const { personId } = session;
      const fact: FactDraft = { type: 'audit.loggedOut', subject: `person/${personId}`, payload: { personId } };
      await endOf([sessionId], { actor: personActorName(personId), fact });
    },
    onEnded(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      cancelSweep();
      listeners.clear();
    },
  };
}

/** The fact that sessions ended without their person's word. */
export function sessionEndedFact(payload: { personId: PersonId; why: SessionEnd; sessions: number }): FactDraft {
  return { type: 'audit.sessionEnded', subject: `person/${payload.personId}`, payload };
}

/** A person as windows may know him. */
export function toView({ personId, name, roles, territory, unitId }: StoredPerson): PersonView {
  return { personId, name, roles: [...roles], territory: [...territory], ...(unitId === undefined ? {} : { unitId }) };
}

const platform = 'system/platform' as Actor;

import {
  type ChangePassword,
  checkNewPassword,
  type DeviceEnrolled,
  type LoginRequest,
  may,
  type SessionOpened,
} from '#contract/access/index.ts';
import type { SessionEnd } from '#contract/audit/index.ts';
import type { Actor } from '#contract/record/index.ts';
import { type Clock, type DeskId, granted, type PersonId, type Result, refused, type Timers } from '#contract/values/index.ts';
import type { Log, Secrets } from '../ports.ts';
import { type FactDraft, type RecordStore, type StoredDevice, type StoredPerson, type StoredSession, sha256 } from '../record/index.ts';
import { type KnownDevice, personActor } from './actors.ts';
import { type AccessLedger, personActorName } from './ledger.ts';
import { createPasswordProof } from './passwordProof.ts';
import type { Passwords } from './passwords.ts';
import { createTurns } from './turns.ts';
import { openSessions, sessionEndedFact, sessionLifetimeMs, type SignedIn, type Standing, toView } from './sessions.ts';

/** People, their sessions, and workstations. Everything that changes something is refused where the audit cannot write it down. */
export type Access = {
  login(request: LoginRequest & { address: string }): Promise<Result<SessionOpened>>;
  logout(sessionId: string): Promise<void>;
  /** The living session behind a token; null when it never was, has ended, or is not good for anything yet (`standing` tells which). */
  signedIn(token: string): SignedIn | null;
  /** The same by session id, for what was bound to it earlier. */
  signedInById(sessionId: string): SignedIn | null;
  standing(token: string): Standing;
  /** Sets an own password instead of the old one; the person's other sessions end everywhere. */
  changePassword(request: ChangePassword & { token: string; address: string }): Promise<Result<null>>;
  enrol(signedIn: SignedIn): Promise<Result<DeviceEnrolled>>;
  device(claim: { deskId: string; deviceKey: string }): KnownDevice | null;
  deviceById(deskId: DeskId): KnownDevice | null;
  /** Everybody with an account, also the disabled. */
  people(): readonly StoredPerson[];
  /** Adds accounts, all or none. */
  addPeople(added: AddedPeople): Promise<Result<readonly StoredPerson[]>>;
  /** Changes what a person may, and gives him a one-time password if there is one; his sessions end everywhere. */
  changePerson(rights: PersonRights, changed: PersonReplaced): Promise<Result<StoredPerson>>;
  /** Whether somebody may have this password; the old one is nobody's business here. */
  checkPassword(chosen: { account: string; name: string; password: string }): Result<null>;
  hasAdministrator(): boolean;
  /** Told the ids of sessions that have just ended. Returns the unsubscriber. */
  onSessionsEnded(listener: (sessionIds: readonly string[]) => void): () => void;
  close(): void;
};

export type NewPerson = Omit<StoredPerson, 'personId' | 'passwordHash' | 'isDisabled'> & { readonly password: string };

/** Who are added, and what the audit is told of it. `actor` null = the one who was added. */
export type AddedPeople = {
  readonly people: readonly NewPerson[];
  readonly actor: Actor | null;
  readonly facts: (added: readonly StoredPerson[]) => readonly FactDraft[];
};

/** The part of an account that administrators change; his own password is never among it. */
export type PersonRights = Pick<StoredPerson, 'personId' | 'roles' | 'territory' | 'unitId' | 'isDisabled'>;

/** `password` null = it stays. `why` is what the sessions' end is told with. */
export type PersonReplaced = {
  readonly password: string | null;
  readonly actor: Actor;
  readonly facts: readonly FactDraft[];
  readonly why: SessionEnd;
};

/**
 * People, sessions and devices. Held in memory and written through: media gates ask synchronously, many times a second. A second
 * platform node would drop its copy on a hint; the store stays the truth.
 */
export async function openAccess(ports: {
  store: Pick<RecordStore, 'readPeople' | 'readSessions' | 'readDevices'>;
  ledger: AccessLedger;
  passwords: Passwords;
  /** Names that a person's password must not be made of. */
  wordsFor: (person: { account: string; name: string }) => readonly string[];
  secrets: Secrets;
  clock: Clock;
  timers: Timers;
  log: Log;
}): Promise<Access> {
  const { store, ledger, passwords, wordsFor, secrets, clock, timers, log } = ports;
  const people = new Map((await store.readPeople()).map((person) => [person.personId, person]));
  const stored = await store.readSessions();
  const sessions = openSessions({ stored, personOf: (personId) => people.get(personId), ledger, clock, timers });
  const devices = new Map<string, StoredDevice>((await store.readDevices()).map((device) => [device.deskId, device]));
  const inTurn = createTurns();
  const provenBy = await createPasswordProof({ ...ports, people, nobodysPassword: secrets.newToken() });

  function signedInById(sessionId: string): SignedIn | null {
    const standing = sessions.standing(sessionId);
    return standing.kind === 'open' ? standing.signedIn : null;
  }

  async function login(request: LoginRequest & { address: string }): Promise<Result<SessionOpened>> {
    const proven = await provenBy(request);
    if (!proven.ok) return proven;
    const person = proven.value;
    const { personId } = person;
    const token = secrets.newToken();
    const openedAtMs = clock.nowMs();
    const session: StoredSession = { tokenHash: sha256(token), personId, openedAtMs, expiresAtMs: openedAtMs + sessionLifetimeMs };
    const loggedIn: FactDraft = { type: 'audit.loggedIn', subject: `person/${personId}`, payload: { personId } };
    const kept = await ledger.keep({ actor: personActorName(personId), facts: [loggedIn], change: { sessions: [session] } });
    if (!kept.ok) return kept;
    sessions.add(session);
    if (people.get(personId) !== person) {
      // Disabled or changed while the log-in was being written down: that came later, and counts.
      await sessions.logOut(session.tokenHash);
      return refused('access.wrongPassword');
    }
    log.info({ personId, address: request.address }, 'logged in');
    const due = person.mustChangePassword ? ({ mustChangePassword: true } as const) : {};
    return granted({ session: token, expiresAtMs: session.expiresAtMs, person: toView(person), ...due });
  }

  async function changePassword({ token, oldPassword, newPassword, address }: ChangePassword & { token: string; address: string }) {
    const standing = sessions.standing(sha256(token));
    if (standing.kind === 'ended') return refused('access.sessionEnded');
    const { sessionId, person: view } = standing.signedIn;
    const { account } = people.get(view.personId) ?? { account: '' };
    const proven = await provenBy({ account, password: oldPassword, address });
    if (!proven.ok) return proven;
    const person = proven.value;
    const checked = checkNewPassword({ password: newPassword, old: oldPassword, words: wordsFor(person) });
    if (!checked.ok) return checked;
    const passwordHash = await passwords.hash(newPassword);
    const { personId, mustChangePassword } = person;
    const payload = { personId, was: mustChangePassword ? 'oneTime' : 'own' };
    const replaced = await inTurn(() =>
      replace({
        before: person,
        person: { ...person, passwordHash, mustChangePassword: false },
        endedSessions: sessions.ofPerson(personId).filter((other) => other !== sessionId),
        actor: personActorName(personId),
        facts: [{ type: 'audit.passwordChanged', subject: `person/${personId}`, payload }],
        why: 'passwordChanged',
      }),
    );
    return replaced.ok ? granted(null) : replaced;
  }

  /** Writes a person with the end of sessions, and only then lets it be so. */
  async function replace({
    before,
    person,
    endedSessions,
    actor,
    facts,
    why,
  }: Pick<PersonReplaced, 'actor' | 'facts' | 'why'> & {
    before: StoredPerson;
    person: StoredPerson;
    endedSessions: readonly string[];
  }): Promise<Result<StoredPerson>> {
    const { personId } = person;
    // Disabled or reset meanwhile: that came from somebody who may, and is not undone here.
    if (people.get(personId) !== before) return refused('access.sessionEnded');
    const ended = endedSessions.length === 0 ? [] : [sessionEndedFact({ personId, why, sessions: endedSessions.length })];
    const kept = await ledger.keep({ actor, facts: [...facts, ...ended], change: { people: [person], endedSessions } });
    if (!kept.ok) return kept;
    people.set(personId, person);
    sessions.dropped(endedSessions);
    return granted(person);
  }

  return {
    login,
    changePassword,
    logout: sessions.logOut,
    signedIn: (token) => signedInById(sha256(token)),
    signedInById,
    standing: (token) => sessions.standing(sha256(token)),

    async enrol({ person }) {
      const { personId, territory } = person;
      if (!may(personActor(person), 'access.enrolDevice', { regionPath: territory })) return refused('access.notAllowed');
      const deviceKey = secrets.newToken();
      const deskId = `desk-${secrets.newId()}` as DeskId;
      const device = { deskId, keyHash: sha256(deviceKey), territory, enrolledBy: personId, enrolledAtMs: clock.nowMs() };
      const fact: FactDraft = { type: 'audit.deskEnrolled', subject: `desk/${deskId}`, payload: { deskId, personId } };
      const kept = await ledger.keep({ actor: personActorName(personId), facts: [fact], change: { devices: [device] } });
      if (!kept.ok) return kept;
      devices.set(deskId, device);
      log.info({ deskId, enrolledBy: personId }, 'a workstation was enrolled');
      return granted({ deskId, deviceKey, territory: [...territory] });
    },

    device({ deskId, deviceKey }) {
      const device = devices.get(deskId);
      return device !== undefined && device.keyHash === sha256(deviceKey) ? toKnown(device) : null;
    },
    deviceById(deskId) {
      const device = devices.get(deskId);
      return device === undefined ? null : toKnown(device);
    },

    people: () => [...people.values()],
    async addPeople({ people: asked, actor, facts }) {
      const added: StoredPerson[] = [];
      for (const { password, ...person } of asked) {
        const passwordHash = await passwords.hash(password);
        added.push({ ...person, passwordHash, personId: secrets.newId() as PersonId, isDisabled: false });
      }
      const by = actor ?? personActorName(added[0]?.personId ?? 'nobody');
      const kept = await ledger.keep({ actor: by, facts: facts(added), change: { people: added } });
      if (!kept.ok) return kept;
      for (const person of added) people.set(person.personId, person);
      return granted(added);
    },
    async changePerson({ personId, roles, territory, unitId, isDisabled }, { password, ...told }) {
      const given = password === null ? {} : { passwordHash: await passwords.hash(password), mustChangePassword: true };
      return await inTurn(async () => {
        const before = people.get(personId);
        if (before === undefined) return refused('access.noSuchPerson');
        const person = { ...before, roles, territory, unitId, isDisabled, ...given };
        return await replace({ ...told, before, person, endedSessions: sessions.ofPerson(personId) });
      });
    },
    checkPassword: ({ password, ...person }) => checkNewPassword({ password, old: null, words: wordsFor(person) }),
    hasAdministrator: () => [...people.values()].some(({ roles, isDisabled }) => roles.includes('administrator') && !isDisabled),

    onSessionsEnded: sessions.onEnded,
    close: sessions.close,
  };
}

function toKnown({ deskId, territory }: StoredDevice): KnownDevice {
  return { deskId, territory };
}

import {
  type DeviceEnrolled,
  type LoginRequest,
  may,
  type PersonView,
  type PolicyActor,
  type SessionOpened,
} from '#contract/access/index.ts';
import {
  type Clock,
  type DeskId,
  granted,
  type PersonId,
  type RegionId,
  type Result,
  refused,
  type Timers,
} from '#contract/values/index.ts';
import type { Log, Secrets } from '../ports.ts';
import { type RecordStore, type StoredDevice, type StoredPerson, type StoredSession, sha256 } from '../record/index.ts';
import { createLockout } from './lockout.ts';
import type { Passwords } from './passwords.ts';

/** A shift and its handover fit in; nobody stays logged in over night by forgetting. */
export const sessionLifetimeMs = 12 * 60 * 60 * 1000;

/** How often expired sessions are looked for: a session must have ended everywhere within 2 s (safety.md, "Access"). */
const sweepEveryMs = 1_000;

/** A person with a living session. `sessionId` is the token's hash: fit for logs and bindings, useless for logging in. */
export type SignedIn = { readonly sessionId: string; readonly person: PersonView; readonly expiresAtMs: number };

/** A workstation that proved its device key. */
export type KnownDevice = { readonly deskId: DeskId; readonly territory: readonly RegionId[] };

export type Access = {
  login(request: LoginRequest & { address: string }): Promise<Result<SessionOpened>>;
  logout(sessionId: string): Promise<void>;
  /** The living session behind a token; null when it never was, or has ended. */
  signedIn(token: string): SignedIn | null;
  /** The same by session id, for what was bound to it earlier. */
  signedInById(sessionId: string): SignedIn | null;
  enrol(signedIn: SignedIn): Promise<Result<DeviceEnrolled>>;
  device(claim: { deskId: string; deviceKey: string }): KnownDevice | null;
  deviceById(deskId: DeskId): KnownDevice | null;
  /** Everybody with an account, also the disabled. */
  people(): readonly StoredPerson[];
  /** Adds an account. Rejects when the account exists. */
  addPerson(person: NewPerson): Promise<StoredPerson>;
  /** Replaces an account, with a new password if one is given; the person's sessions end everywhere. */
  changePerson(person: StoredPerson, given: { password: string | null }): Promise<StoredPerson>;
  hasAdministrator(): boolean;
  /** Told the ids of sessions that have just ended. Returns the unsubscriber. */
  onSessionsEnded(listener: (sessionIds: readonly string[]) => void): () => void;
  close(): void;
};

export type NewPerson = Omit<StoredPerson, 'personId' | 'passwordHash' | 'isDisabled'> & { readonly password: string };

/** The policy's view of a person. */
export function personActor({ roles, territory }: PersonView): PolicyActor {
  return { kind: 'person', roles, territory };
}

/** The policy's view of a workstation that nobody is logged in at. */
export function deviceActor({ territory }: KnownDevice): PolicyActor {
  return { kind: 'device', territory };
}

/** The policy's view of whoever proved to be who. */
export type Caller = { readonly kind: 'person'; readonly signedIn: SignedIn } | { readonly kind: 'device'; readonly device: KnownDevice };

/** Turns a caller into the policy's actor. */
export function callerActor(caller: Caller): PolicyActor {
  switch (caller.kind) {
    case 'person':
      return personActor(caller.signedIn.person);
    case 'device':
      return deviceActor(caller.device);
  }
}

/**
 * People, sessions and devices. Held in memory and written through: media gates ask synchronously, many times a second. A second
 * platform node would drop its copy on a hint; the store stays the truth.
 */
export async function openAccess(ports: {
  store: RecordStore;
  passwords: Passwords;
  secrets: Secrets;
  clock: Clock;
  timers: Timers;
  log: Log;
}): Promise<Access> {
  const { store, passwords, secrets, clock, timers, log } = ports;
  const people = new Map((await store.readPeople()).map((person) => [person.personId, person]));
  const sessions = new Map((await store.readSessions()).map((session) => [session.tokenHash, session]));
  const devices = new Map<string, StoredDevice>((await store.readDevices()).map((device) => [device.deskId, device]));
  const lockout = createLockout({ clock });
  const listeners = new Set<(sessionIds: readonly string[]) => void>();
  // Checked against when the account does not exist, so that both take equally long.
  const nobodysHash = await passwords.hash(secrets.newToken());

  function signedInById(sessionId: string): SignedIn | null {
    const session = sessions.get(sessionId);
    const person = session === undefined ? undefined : people.get(session.personId);
    if (session === undefined || person === undefined || person.isDisabled || session.expiresAtMs <= clock.nowMs()) return null;
    return { sessionId, person: toView(person), expiresAtMs: session.expiresAtMs };
  }

  async function end(sessionIds: readonly string[]): Promise<void> {
    const ended = sessionIds.filter((sessionId) => sessions.delete(sessionId));
    if (ended.length === 0) return;
    for (const listener of listeners) listener(ended);
    await store.dropSessions(ended);
  }

  let cancelSweep = () => {};
  function sweep(): void {
    const over = [...sessions.values()].filter(({ tokenHash }) => signedInById(tokenHash) === null).map(({ tokenHash }) => tokenHash);
    end(over).catch((error: unknown) => log.warn({ err: error }, 'ended sessions stay in the store for now'));
    cancelSweep = timers.afterMs(sweepEveryMs, sweep);
  }
  sweep();

  return {
    async login({ account, password, address }) {
      const place = { account, address };
      const waitS = lockout.waitS(place);
      if (waitS > 0) return refused('access.tooManyTries', { waitS });
      const person = [...people.values()].find((known) => known.account === account && !known.isDisabled);
      const isRight = await passwords.verify(password, person?.passwordHash ?? nobodysHash);
      // The account may have been changed while its password was being checked: then the password was the old one.
      if (person === undefined || !isRight || people.get(person.personId) !== person) {
        lockout.wrong(place);
        log.warn({ account: account.slice(0, 64), address }, 'a log-in was refused');
        return refused('access.wrongPassword');
      }
      lockout.right(place);
      const token = secrets.newToken();
      const openedAtMs = clock.nowMs();
      const session: StoredSession = {
        tokenHash: sha256(token),
        personId: person.personId,
        openedAtMs,
        expiresAtMs: openedAtMs + sessionLifetimeMs,
      };
      await store.writeSession(session);
      sessions.set(session.tokenHash, session);
      log.info({ personId: person.personId, address }, 'logged in');
      return granted({ session: token, expiresAtMs: session.expiresAtMs, person: toView(person) });
    },

    logout: (sessionId) => end([sessionId]),
    signedIn: (token) => signedInById(sha256(token)),
    signedInById,

    async enrol({ person }) {
      if (!may(personActor(person), 'access.enrolDevice', { regionPath: person.territory })) return refused('access.notAllowed');
      const deviceKey = secrets.newToken();
      const deskId = `desk-${secrets.newId()}` as DeskId;
      const device = { deskId, keyHash: sha256(deviceKey), territory: person.territory, enrolledBy: person.personId };
      await store.writeDevice({ ...device, enrolledAtMs: clock.nowMs() });
      devices.set(deskId, { ...device, enrolledAtMs: clock.nowMs() });
      log.info({ deskId, enrolledBy: person.personId }, 'a workstation was enrolled');
      return granted({ deskId, deviceKey, territory: [...person.territory] });
    },

    device({ deskId, deviceKey }) {
      const device = devices.get(deskId);
      return device !== undefined && device.keyHash === sha256(deviceKey) ? toKnown(device) : null;
    },
    deviceById(deskId) {
      const device = devices.get(deskId);
      return device === undefined ? null : toKnown(device);
    },

    async addPerson({ password, ...person }) {
      const passwordHash = await passwords.hash(password);
      const stored = { ...person, personId: `p-${secrets.newId()}` as PersonId, passwordHash, isDisabled: false };
      await store.writePerson(stored);
      people.set(stored.personId, stored);
      return stored;
    },
    people: () => [...people.values()],
    async changePerson(person, { password }) {
      const passwordHash = password === null ? person.passwordHash : await passwords.hash(password);
      const changed = { ...person, passwordHash };
      await store.writePerson(changed);
      people.set(changed.personId, changed);
      const theirs = [...sessions.values()].filter(({ personId }) => personId === changed.personId);
      await end(theirs.map(({ tokenHash }) => tokenHash));
      return changed;
    },
    hasAdministrator: () => [...people.values()].some(({ roles, isDisabled }) => roles.includes('administrator') && !isDisabled),

    onSessionsEnded(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      cancelSweep();
      listeners.clear();
    },
  };
}

function toView({ personId, name, roles, territory }: StoredPerson): PersonView {
  return { personId, name, roles: [...roles], territory: [...territory] };
}

function toKnown({ deskId, territory }: StoredDevice): KnownDevice {
  return { deskId, territory };
}

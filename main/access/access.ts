import type { AskPersonNames, ChangePassword, LoginRequest, PersonNames, PersonView, SessionOpened } from '#contract/access/index.ts';
import type { LinkLog } from '#contract/link/index.ts';
import { granted, type Result, refused } from '#contract/values/index.ts';
import type { PlatformHttp } from '#main/link/index.ts';
import type { Secrets } from '#main/shell/index.ts';
import { type DeviceIdentity, forgetDevice, readDevice, writeDevice } from './deviceIdentity.ts';
import { createPersonNames } from './personNames.ts';

/** The person at the console. The session is a secret: in memory only, never on disk, never to a window. */
export type OpenSession = { readonly session: string; readonly person: PersonView };

export type AccessPorts = {
  readonly http: Pick<PlatformHttp, 'login' | 'logout' | 'enrol' | 'changePassword' | 'personNames'>;
  readonly secrets: Secrets;
  readonly log: LinkLog;
  /** Who is at the console now; null: nobody. */
  readonly onPerson: (session: OpenSession | null) => void;
  /** The workstation has an identity: at the start, and after an enrolment. */
  readonly onDevice: (device: DeviceIdentity) => Promise<void>;
};

/** The two identities of a workstation (protocol.md, "Writing"): its own, and the person's at its console. */
export type Access = {
  /** Takes up the kept device identity, if there is one. */
  start(): Promise<void>;
  /** Logs in; the first one who may also enrols the workstation. Refusals are the platform's. */
  login(request: LoginRequest & { newPassword?: string | undefined }): Promise<Result<PersonView>>;
  /** Changes the password of the person at the console; his session here goes on. */
  changePassword(request: ChangePassword): Promise<Result<null>>;
  /** Who these people are, as far as the person at the console may know. */
  namesOf(asked: AskPersonNames): Promise<Result<PersonNames>>;
  logout(): Promise<void>;
  person(): OpenSession | null;
  device(): DeviceIdentity | null;
  /** The platform ended the session. */
  sessionEnded(): void;
  /** The platform does not know this workstation (any more). */
  deviceUnknown(): Promise<void>;
};

export function createAccess({ http, secrets, log, onPerson, onDevice }: AccessPorts): Access {
  let session: OpenSession | null = null;
  let device: DeviceIdentity | null = null;
  const names = createPersonNames({ http, session: () => session?.session ?? null });

  async function login({ newPassword, ...request }: Parameters<Access['login']>[0]): Promise<Result<PersonView>> {
    const opened = await http.login(request);
    if (!opened.ok) return opened;
    const { person } = opened.value;
    const owned = await ownPassword({ opened: opened.value, oldPassword: request.password, newPassword });
    if (!owned.ok) {
      await http.logout(opened.value.session);
      return owned;
    }
    if (device === null) {
      const enrolled = await enrol(opened.value.session);
      if (!enrolled.ok) {
        await http.logout(opened.value.session);
        return enrolled;
      }
    }
    const before = session;
    session = { session: opened.value.session, person };
    names.forget();
    if (before !== null) void http.logout(before.session);
    log.info({ personId: person.personId }, 'logged in');
    onPerson(session);
    return granted(person);
  }

  /** A session by a password that was made for somebody is good for setting his own, and for nothing before. */
  async function ownPassword({
    opened,
    oldPassword,
    newPassword,
  }: {
    opened: SessionOpened;
    oldPassword: string;
    newPassword: string | undefined;
  }): Promise<Result<null>> {
    if (opened.mustChangePassword !== true) return granted(null);
    if (newPassword === undefined) return refused('access.passwordChangeRequired');
    return await http.changePassword(opened.session, { oldPassword, newPassword });
  }

  async function enrol(by: string): Promise<Result<null>> {
    const enrolled = await http.enrol(by);
    if (!enrolled.ok) return enrolled;
    const { deskId, deviceKey } = enrolled.value;
    device = { deskId, deviceKey };
    // Without a place to keep it the workstation works until it is restarted, and is enrolled anew then.
    await writeDevice(secrets, device).catch((error: unknown) => log.error({ err: error }, 'the device identity is not kept'));
    log.info({ deskId }, 'this workstation is enrolled');
    await onDevice(device);
    return granted(null);
  }

  function sessionEnded(): void {
    if (session === null) return;
    session = null;
    names.forget();
    onPerson(null);
  }

  return {
    start: async () => {
      device = await readDevice(secrets).catch((error: unknown) => {
        log.error({ err: error }, 'the device identity cannot be read: it is enrolled again at the next log-in');
        return null;
      });
      if (device !== null) await onDevice(device);
    },
    login,
    changePassword: async (request) =>
      session === null ? refused('access.notLoggedIn') : await http.changePassword(session.session, request),
    namesOf: names.namesOf,
    logout: async () => {
      const over = session;
      sessionEnded();
      if (over !== null) await http.logout(over.session);
    },
    person: () => session,
    device: () => device,
    sessionEnded,
    deviceUnknown: async () => {
      if (device === null) return;
      log.warn({ deskId: device.deskId }, 'the platform does not know this workstation: it is enrolled again at the next log-in');
      device = null;
      await forgetDevice(secrets).catch((error: unknown) => log.warn({ err: error }, 'an old device identity is still kept'));
      // Whoever is logged in enrols it again at once, if he may.
      if (session !== null) await enrol(session.session);
    },
  };
}

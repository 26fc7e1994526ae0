import { describe, expect, test } from 'vitest';
import type { LinkLog } from '#contract/link/index.ts';
import { granted, type PersonId, type Result, refused } from '#contract/values/index.ts';
import type { Secrets } from '#main/shell/index.ts';
import { createAccess, type OpenSession } from './access.ts';

const log: LinkLog = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

function createSecrets(): Secrets {
  const kept = new Map<string, string>();
  return { isPersistent: true, read: async (name) => kept.get(name) ?? null, write: async (name, value) => void kept.set(name, value) };
}

/** A platform that counts what it is asked. */
function openDesk(secrets = createSecrets()) {
  const asked: string[] = [];
  const platform = { mayEnrol: true };
  let sessions = 0;
  const told: string[] = [];
  const access = createAccess({
    secrets,
    log,
    http: {
      login: async ({ account, password }): Promise<Result<never>> => {
        asked.push(`login ${account}`);
        if (password !== 'right') return refused('access.wrongPassword');
        sessions += 1;
        const person = { personId: `p-${account}` as PersonId, name: account, roles: [], territory: [] };
        const due = account === 'new' ? { mustChangePassword: true } : {};
        return granted({ session: `session-${sessions}`, expiresAtMs: 0, person, ...due }) as unknown as Result<never>;
      },
      logout: async (session) => void asked.push(`logout ${session}`),
      changePassword: async (session, { newPassword }) => {
        asked.push(`changePassword ${session}`);
        return newPassword === 'short' ? refused('access.passwordShort') : granted(null);
      },
      personNames: async (session, { personIds }) => {
        asked.push(`personNames ${session} ${personIds.join()}`);
        return granted({ people: personIds.map((personId) => ({ personId, name: `name of ${personId}`, roles: ['leader' as const] })) });
      },
      enrol: async (session): Promise<Result<never>> => {
        asked.push(`enrol ${session}`);
        if (!platform.mayEnrol) return refused('access.notAllowed');
        return granted({ deskId: 'desk-1', deviceKey: 'k'.repeat(40), territory: [] }) as unknown as Result<never>;
      },
    },
    onPerson: (session: OpenSession | null) => void told.push(session?.person.personId ?? 'nobody'),
    onDevice: async ({ deskId }) => void told.push(deskId),
  });
  return { access, asked, told, platform, secrets };
}

const wang = { account: 'wang', password: 'right' };

describe('a workstation', () => {
  test('is enrolled by the first person who may, and never again', async () => {
    const desk = openDesk();
    await desk.access.start();
    await desk.access.login(wang);
    await desk.access.logout();
    await desk.access.login(wang);
    expect([desk.asked, desk.told]).toEqual([
      ['login wang', 'enrol session-1', 'logout session-1', 'login wang'],
      ['desk-1', 'p-wang', 'nobody', 'p-wang'],
    ]);
    const restarted = openDesk(desk.secrets);
    await restarted.access.start();
    expect([restarted.told, restarted.access.person()]).toEqual([['desk-1'], null]);
  });

  test('lets nobody in who may not enrol it while it has no identity, and leaves no session behind', async () => {
    const { access, asked, told, platform } = openDesk();
    platform.mayEnrol = false;
    expect([await access.login(wang), asked, told, access.person()]).toEqual([
      { ok: false, refusal: { code: 'access.notAllowed' } },
      ['login wang', 'enrol session-1', 'logout session-1'],
      [],
      null,
    ]);
  });

  test('keeps whoever is logged in when somebody else mistypes, and ends his session when the other one gets in', async () => {
    const { access, asked } = openDesk();
    await access.login(wang);
    const wrong = await access.login({ account: 'li', password: 'wrong' });
    const before = access.person()?.person.name;
    await access.login({ account: 'li', password: 'right' });
    expect([wrong, before, access.person()?.person.name, asked.at(-1)]).toEqual([
      { ok: false, refusal: { code: 'access.wrongPassword' } },
      'wang',
      'li',
      'logout session-1',
    ]);
  });

  test('that the platform does not know is enrolled again by whoever is logged in', async () => {
    const { access, told, platform } = openDesk();
    await access.login(wang);
    platform.mayEnrol = false;
    await access.deviceUnknown();
    const without = access.device();
    platform.mayEnrol = true;
    await access.login(wang);
    expect([without, access.device()?.deskId, told]).toEqual([null, 'desk-1', ['desk-1', 'p-wang', 'desk-1', 'p-wang']]);
  });
});

describe('names of others', () => {
  const zhao = 'p-zhao' as PersonId;

  test('are asked once for whoever is logged in, and anew for the next', async () => {
    const { access, asked } = openDesk();
    await access.login(wang);
    const told = [await access.namesOf({ personIds: [zhao] }), await access.namesOf({ personIds: [zhao] })];
    expect(told[1]).toEqual(granted({ people: [{ personId: zhao, name: 'name of p-zhao', roles: ['leader'] }] }));
    await access.login({ account: 'li', password: 'right' });
    await access.namesOf({ personIds: [zhao] });
    await access.logout();
    expect(await access.namesOf({ personIds: [zhao] })).toEqual(refused('access.notLoggedIn'));
    await access.login(wang);
    await access.namesOf({ personIds: [zhao] });
    expect(asked.filter((each) => each.startsWith('personNames'))).toEqual(
      [1, 2, 3].map((session) => `personNames session-${session} p-zhao`),
    );
  });
});

describe('a password that was made for somebody', () => {
  const newcomer = { account: 'new', password: 'right' };

  test('neither enrols the workstation nor lets anybody in, until he has set his own', async () => {
    const desk = openDesk();
    await desk.access.start();
    const before = await desk.access.login(newcomer);
    const short = await desk.access.login({ ...newcomer, newPassword: 'short' });
    const nobody = desk.access.person();
    const after = await desk.access.login({ ...newcomer, newPassword: 'nine lamps by the weir' });
    expect([before, short, nobody, after.ok]).toEqual([
      { ok: false, refusal: { code: 'access.passwordChangeRequired' } },
      { ok: false, refusal: { code: 'access.passwordShort' } },
      null,
      true,
    ]);
    expect(desk.asked).toEqual([
      ...['login new', 'logout session-1'],
      ...['login new', 'changePassword session-2', 'logout session-2'],
      ...['login new', 'changePassword session-3', 'enrol session-3'],
    ]);
  });

  test('is changed later by whoever is at the console, and by nobody when nobody is', async () => {
    const desk = openDesk();
    const asked = { oldPassword: 'right', newPassword: 'nine lamps by the weir' };
    const nobody = await desk.access.changePassword(asked);
    await desk.access.login(wang);
    expect([nobody, await desk.access.changePassword(asked), desk.access.person()?.person.personId]).toEqual([
      { ok: false, refusal: { code: 'access.notLoggedIn' } },
      { ok: true, value: null },
      'p-wang',
    ]);
  });
});

import { expect, test } from 'vitest';
import type { Role } from '#contract/access/index.ts';
import type { RegionId } from '#contract/values/index.ts';
import { createMemoryStore, type RecordStore } from '../record/index.ts';
import { createHandPorts } from '../record/testing/handPorts.ts';
import { openAccess } from './access.ts';
import { createFirstAdministrator } from './firstAdministrator.ts';
import { lockoutLimits } from './lockout.ts';
import type { Passwords } from './passwords.ts';
import { sessionLifetimeMs } from './sessions.ts';
import { createStoreLedger } from './testing/storeLedger.ts';

/** Quick stand-in for a slow hash. */
const passwords: Passwords = {
  hash: async (password) => `hash of ${password}`,
  verify: async (password, stored) => stored === `hash of ${password}`,
};
const duty = {
  ...{ account: 'duty', name: '王建国', roles: ['dutyOfficer'] as Role[], territory: ['al' as RegionId] },
  ...{ password: 'right', mustChangePassword: false },
};

async function open({ store = createMemoryStore({ epoch: 'e1' }) as RecordStore, hand = createHandPorts() } = {}) {
  const { ledger, ...audit } = createStoreLedger(store);
  const access = await openAccess({ store, passwords, ledger, wordsFor: ({ account, name }) => [account, name], ...hand });
  const login = (password: string, address = '10.0.0.1', account = 'duty') => access.login({ account, password, address });
  const add = (person: typeof duty) => access.addPeople({ people: [person], actor: null, facts: () => [] });
  return { access, store, hand, login, add, ...audit };
}

async function loggedIn() {
  const opened = await open();
  await opened.add(duty);
  const outcome = await opened.login('right');
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return { ...opened, session: outcome.value };
}

test('a person logs in, and the session is known by its token only', async () => {
  const { access, session, store } = await loggedIn();
  expect(session.person).toMatchObject({ name: '王建国', roles: ['dutyOfficer'], territory: ['al'] });
  expect(access.signedIn(session.session)?.person).toEqual(session.person);
  expect(access.signedIn('another-token')).toBeNull();
  expect(JSON.stringify(await store.readSessions())).not.toContain(session.session);
});

test('a wrong password and an unknown account are the same refusal', async () => {
  const { login, add } = await open();
  await add(duty);
  expect([await login('wrong'), await login('right', '10.0.0.1', 'nobody')]).toEqual([
    { ok: false, refusal: { code: 'access.wrongPassword' } },
    { ok: false, refusal: { code: 'access.wrongPassword' } },
  ]);
});

test("guessing locks the account at the guesser's address, for longer each time, and nowhere else", async () => {
  const { login, hand, add } = await open();
  await add(duty);
  for (let guess = 0; guess < lockoutLimits.tries; guess += 1) await login('guess', '10.0.0.66');
  const locked = await login('right', '10.0.0.66');
  const elsewhere = await login('right', '10.0.0.1');
  hand.advanceMs(lockoutLimits.firstMs);
  const wrongAgain = await login('guess', '10.0.0.66');
  const lockedLonger = await login('right', '10.0.0.66');
  hand.advanceMs(2 * lockoutLimits.firstMs);
  const heard = await login('right', '10.0.0.66');
  expect([locked, elsewhere.ok, wrongAgain, lockedLonger, heard.ok]).toEqual([
    { ok: false, refusal: { code: 'access.tooManyTries', params: { waitS: 30 } } },
    true,
    { ok: false, refusal: { code: 'access.wrongPassword' } },
    { ok: false, refusal: { code: 'access.tooManyTries', params: { waitS: 60 } } },
    true,
  ]);
});

test('a log-out ends the session at once and tells whoever listens', async () => {
  const { access, session, store } = await loggedIn();
  const ended: string[] = [];
  access.onSessionsEnded((ids) => void ended.push(...ids));
  const { sessionId } = access.signedIn(session.session) ?? { sessionId: '' };
  await access.logout(sessionId);
  expect([ended, access.signedIn(session.session), await store.readSessions()]).toEqual([[sessionId], null, []]);
});

test('a session ends by itself after twelve hours and says so within two seconds', async () => {
  const { access, session, hand } = await loggedIn();
  const ended: string[] = [];
  access.onSessionsEnded((ids) => void ended.push(...ids));
  hand.advanceMs(sessionLifetimeMs - 1);
  expect([ended.length, access.signedIn(session.session) !== null]).toEqual([0, true]);
  hand.advanceMs(2_000);
  expect([ended.length, access.signedIn(session.session)]).toEqual([1, null]);
});

test('sessions and devices survive a restart', async () => {
  const { access, session, store, hand } = await loggedIn();
  const signedIn = access.signedIn(session.session);
  if (signedIn === null) throw new Error('not signed in');
  const enrolled = await access.enrol(signedIn);
  if (!enrolled.ok) throw new Error(enrolled.refusal.code);
  const { access: again } = await open({ store, hand });
  const { deskId, deviceKey } = enrolled.value;
  expect([again.signedIn(session.session)?.person.name, again.device({ deskId, deviceKey })]).toEqual([
    '王建国',
    { deskId, territory: ['al'] },
  ]);
  expect([again.device({ deskId, deviceKey: 'x'.repeat(43) }), again.device({ deskId: '__proto__', deviceKey })]).toEqual([null, null]);
  expect(JSON.stringify(await store.readDevices())).not.toContain(deviceKey);
});

test('only who may enrol a workstation enrols one', async () => {
  const { access, login, add } = await open();
  await add({ ...duty, account: 'village', roles: ['centerVillage'], territory: ['east' as RegionId] });
  const session = await login('right', '10.0.0.1', 'village');
  const signedIn = session.ok ? access.signedIn(session.value.session) : null;
  expect(signedIn && (await access.enrol(signedIn))).toEqual({ ok: false, refusal: { code: 'access.notAllowed' } });
});

test('the first administrator is named once, with the code that was printed', async () => {
  const { access, hand, login } = await open();
  const first = createFirstAdministrator({ access, secrets: hand.secrets, county: 'al' as RegionId });
  const claim = { account: 'root', password: 'a long password', name: '李管' };
  const wrong = await first.claim({ ...claim, code: 'wrong-code' });
  const right = await first.claim({ ...claim, code: first.code ?? '' });
  const again = await first.claim({ ...claim, account: 'other', code: first.code ?? '' });
  expect([wrong.ok, right.ok, again.ok]).toEqual([false, true, false]);
  expect((await login('a long password', '10.0.0.1', 'root')).ok).toBe(true);
  expect(createFirstAdministrator({ access, secrets: hand.secrets, county: 'al' as RegionId }).code).toBeNull();
});

test("guessing the first administrator's code closes the door", async () => {
  const { access, hand } = await open();
  const first = createFirstAdministrator({ access, secrets: hand.secrets, county: 'al' as RegionId });
  const claim = { account: 'root', password: 'a long password', name: '李管' };
  for (let guess = 0; guess < 10; guess += 1) await first.claim({ ...claim, code: `guess-no-${guess}` });
  expect((await first.claim({ ...claim, code: first.code ?? '' })).ok).toBe(false);
});

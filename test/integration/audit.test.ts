import { once } from 'node:events';
import { expect, test } from 'vitest';
import { MediaGrant } from '#contract/cameras/index.ts';
import { routes } from '#contract/bus/index.ts';
import { auditFeed } from '#contract/record/index.ts';
import type { CountyId } from '#contract/values/index.ts';
import { createPassingAuditKeys, forgottenHeadLists } from '#platform/audit/index.ts';
import { createMemoryStore, type RecordStore } from '#platform/record/index.ts';
import { createHandPorts } from '#platform/record/testing/handPorts.ts';
import { faultReport, openCountyDesk, viewQuestion } from '../builders/openDesk.ts';
import { enrol, logIn, openTestPlatform, post } from '../builders/platform.ts';
import { smallCounty } from '../builders/smallCounty.ts';
import { createStoreWithoutAudit } from '../fakes/auditDisk.ts';
import { connectDesk } from '../fakes/busDesk.ts';

const feed = auditFeed(smallCounty.county.countyId as CountyId);

/** The audit feed of a store: type, actor's kind and payload of each fact. */
async function registerOf(store: RecordStore) {
  const facts = await store.readFacts({ feed, epoch: await store.epoch(), afterSeq: 0, limit: 1_000 });
  return facts.map(({ fact }) => ({
    type: fact.type,
    by: fact.actor.split('/')[0],
    payload: JSON.parse(fact.payload) as Record<string, unknown>,
  }));
}

test('log-ins, log-outs and refusals are on the record, without password or typed name', async () => {
  const store = createMemoryStore({ epoch: 'epoch-1' });
  const { url, close } = await openTestPlatform({ store });
  const { session, person } = await logIn({ url, account: 'duty' });
  await post({ url: `${url}${routes.login}`, body: { account: 'duty', password: 'my-secret-guess' } });
  await post({ url: `${url}${routes.login}`, body: { account: 'Zhang San', password: 'my-secret-guess' } });
  await post({ url: `${url}${routes.logout}`, body: {}, token: session });
  const register = await registerOf(store);
  await close();
  const refusal = { accountHash: expect.stringMatching(/^[0-9a-f]{64}$/), code: 'access.wrongPassword', repeats: 0 };
  expect(register).toEqual([
    { type: 'audit.demoAccountsMade', by: 'system', payload: { accounts: 5 } },
    { type: 'audit.loggedIn', by: 'person', payload: { personId: person.personId } },
    { type: 'audit.loginRefused', by: 'system', payload: refusal },
    { type: 'audit.loginRefused', by: 'system', payload: refusal },
    { type: 'audit.loggedOut', by: 'person', payload: { personId: person.personId } },
  ]);
  expect(JSON.stringify(register)).not.toMatch(/my-secret-guess|Zhang|"duty"/);
});

test('a refused command is on the record once, however often it is repeated', async () => {
  const store = createMemoryStore({ epoch: 'epoch-1' });
  const { url, close } = await openTestPlatform({ store });
  const duty = await openCountyDesk(url);
  const report = faultReport({ session: duty.session, cameraId: 'nowhere' });
  const replies = [await duty.desk.ask('command', report), await duty.desk.ask('command', report)];
  const refusals = (await registerOf(store)).filter(({ type }) => type === 'audit.commandRefused');
  duty.desk.close();
  await close();
  expect(replies[1]).toEqual(replies[0]);
  expect(refusals).toEqual([
    {
      type: 'audit.commandRefused',
      by: 'person',
      payload: { commandType: 'cameras.reportFault', code: 'cameras.unknown', deskId: duty.device.deskId, repeats: 0 },
    },
  ]);
});

test('without room for the audit a refusal is not answered as decided, and nobody is logged in', async () => {
  const { store, disk } = createStoreWithoutAudit();
  const { url, close } = await openTestPlatform({ store });
  const duty = await openCountyDesk(url);
  disk.isFull = true;
  const refused = await duty.desk.ask('command', faultReport({ session: duty.session, cameraId: 'nowhere' }));
  const login = await post({ url: `${url}${routes.login}`, body: { account: 'town', password: 'town-demo' } });
  const answers = [refused, login.status, await login.json()];
  duty.desk.close();
  await close();
  expect(answers).toEqual([
    { ok: false, commandId: expect.any(String), refusal: { code: 'bus.notRecorded' } },
    503,
    { code: 'bus.notRecorded' },
  ]);
});

test('only an auditor is sent the audit feed, the administrator is not', async () => {
  const { url, close } = await openTestPlatform();
  const duty = await openCountyDesk(url);
  const feedsOf = async (account: string) => {
    const { session } = await logIn({ url, account });
    return ((await duty.desk.ask('attach', { session })) as { feeds: string[] }).feeds.includes(feed);
  };
  const read: Record<string, boolean> = {};
  for (const account of ['auditor', 'admin', 'duty', 'town']) read[account] = await feedsOf(account);
  duty.desk.close();
  await close();
  expect(read).toEqual({ auditor: true, admin: false, duty: false, town: false });
});

test('a platform that died with open views says at its next start that they are over', async () => {
  const store = createMemoryStore({ epoch: 'epoch-1' });
  const kept = { ...store, close: async () => {} };
  const first = await openTestPlatform({ store: kept });
  const { session } = await logIn({ url: first.url, account: 'duty' });
  const device = await enrol({ url: first.url, session });
  const desk = await connectDesk({ url: first.url, device });
  const answer = (await desk.ask('ask', viewQuestion())) as { value: unknown };
  const { token } = MediaGrant.parse(answer.value);
  const opened = first.gateway()?.grants.redeem(token);
  if (opened === undefined || opened === null) throw new Error('not opened');
  await first.gateway()?.grants.viewOpened(opened);
  desk.close();
  await first.close();
  const second = await openTestPlatform({ store: kept });
  const register = (await registerOf(store)).filter(({ type }) => type.startsWith('audit.view'));
  await second.close();
  expect(register.map(({ type, by }) => [type, by])).toEqual([
    ['audit.viewOpened', 'device'],
    ['audit.viewsLost', 'system'],
  ]);
});

test('the heads that a minute brings are signed, clear for what the desk reads and sealed for the rest', async () => {
  const { clock, timers, advanceMs } = createHandPorts();
  const { url, close } = await openTestPlatform({ clock, timers });
  const duty = await openCountyDesk(url);
  const signed = once(duty.desk.socket as unknown as NodeJS.EventEmitter, 'signedHeads');
  advanceMs(60_000);
  const [message] = (await signed) as [{ heads: { feed: string }[]; seal: string }];
  duty.desk.close();
  await close();
  expect(message.heads.map((head) => head.feed)).toEqual(duty.desk.told.welcomes.at(-1)?.feeds);
  expect(message.seal).toMatch(/^[0-9a-f]{64}$/);
});

test('a record that was put back says so before anybody is let in, once, and does not open where that cannot be written', async () => {
  const { store, disk } = createStoreWithoutAudit();
  const note = { madeAtMs: 1, by: 'operator', epoch: 'epoch-1', disabledAgain: 2 };
  let told = 0;
  const restored = { note, forget: () => void (told += 1) };
  const audit = { keys: createPassingAuditKeys(), lists: forgottenHeadLists, restored };
  disk.isFull = true;
  await expect(openTestPlatform({ store, audit })).rejects.toThrow('could not be written down');
  const before = told;
  disk.isFull = false;
  const { close } = await openTestPlatform({ store, audit });
  await close();
  expect([before, told, (await registerOf(store))[0]]).toEqual([0, 1, { type: 'audit.restored', by: 'system', payload: note }]);
});

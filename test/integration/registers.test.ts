import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { AuditPage, FaultPage, LookingPage, RecordVerified } from '#contract/audit/index.ts';
import { MediaGrant } from '#contract/cameras/index.ts';
import { routes } from '#contract/bus/index.ts';
import type { SearchAnswer } from '#contract/search/index.ts';
import { createHeadFiles, createVerifyThread, openAuditKeys } from '#platform/audit/index.ts';
import { createMemoryStore, openSqliteStore, type RecordStore } from '#platform/record/index.ts';
import { createHandPorts } from '#platform/record/testing/handPorts.ts';
import { faultReport, openCountyDesk, viewQuestion } from '../builders/openDesk.ts';
import { logIn, openTestPlatform, post } from '../builders/platform.ts';

/** A platform with somebody of each kind logged in, and a way to ask as one of them. */
async function openRegisters({ store = createMemoryStore({ epoch: 'epoch-1' }) }: { store?: RecordStore } = {}) {
  const hand = createHandPorts();
  const platform = await openTestPlatform({ store, clock: hand.clock, timers: hand.timers, secrets: hand.secrets });
  const { url } = platform;
  const duty = await openCountyDesk(url);
  const sessions = new Map<string, string>();
  async function ask<Answer>(account: string, [path, body]: readonly [string, object]): Promise<{ status: number; answer: Answer }> {
    const session = sessions.get(account) ?? (await logIn({ url, account })).session;
    sessions.set(account, session);
    const response = await post({ url: `${url}${path}`, body, token: session });
    return { status: response.status, answer: (await response.json()) as Answer };
  }
  async function look(cameraId: string) {
    await duty.desk.ask('attach', { session: duty.session });
    const reply = (await duty.desk.ask('ask', viewQuestion({ cameraId }))) as { value: unknown };
    const opened = platform.gateway()?.grants.redeem(MediaGrant.parse(reply.value).token);
    if (opened === undefined || opened === null) throw new Error('not opened');
    await platform.gateway()?.grants.viewOpened(opened);
    return opened;
  }
  const close = async () => {
    duty.desk.close();
    await platform.close();
  };
  return { ...hand, ...platform, duty, ask, look, close };
}

/** A store that refuses what would be told of questions, once `isFull`. */
function createStoreWithoutQuestions() {
  const store = createMemoryStore({ epoch: 'epoch-1' });
  const disk = { isFull: false };
  const commit: RecordStore['commit'] = async (batch) => {
    const asks = batch.facts.some(({ fact }) => ['audit.searched', 'audit.registerExported'].includes(fact.type));
    if (disk.isFull && asks) throw new Error('disk full');
    await store.commit(batch);
  };
  return { disk, store: { ...store, commit } };
}

test('an auditor finds who looked at what, when and why, with names; open now until it is closed', async () => {
  const { ask, look, gateway, close } = await openRegisters();
  const opened = await look('east-a');
  const open = await ask<LookingPage>('auditor', [routes.looking, { standing: 'open' }]);
  gateway()?.grants.viewClosed(opened, 'closed');
  const ended = await ask<LookingPage>('auditor', [routes.looking, { camera: 'east-a', purpose: 'patrol' }]);
  await close();
  const row = { cameraId: 'east-a', purpose: { kind: 'patrol', reference: null }, tile: 'D1/0', quality: 'sub' };
  expect(open.answer).toMatchObject({ count: 1, rows: [{ ...row, endedAtMs: null, end: null }], nextCursor: null });
  expect(open.answer.cameras).toEqual([
    expect.objectContaining({ cameraId: 'east-a', place: ['testland', 'east', 'east-1'].map((name) => ({ name, nameEn: name })) }),
  ]);
  expect(ended.answer).toMatchObject({ rows: [{ ...row, end: 'closed' }] });
});

test('the administrator, the duty officer and the town read no register of looks, and that is told', async () => {
  const { ask, close } = await openRegisters();
  for (const account of ['admin', 'duty', 'town'])
    expect(await ask(account, [routes.looking, {}])).toEqual({ status: 403, answer: { code: 'access.notAllowed' } });
  const { answer } = await ask<AuditPage>('auditor', [routes.auditEntries, { types: ['audit.pageRefused'] }]);
  await close();
  expect(answer.rows.map(({ payload }) => JSON.parse(payload) as object)).toEqual(
    Array.from({ length: 3 }, () => ({ page: 'readLooking', code: 'access.notAllowed', repeats: 0 })),
  );
});

test.each([
  [{ cursor: '-1' }, 'cursor'],
  [{ cursor: 'x"; DROP' }, 'cursor'],
  [{ fromMs: 5, untilMs: 5 }, 'untilMs'],
  [{ fromMs: 'yesterday' }, 'fromMs'],
  [{ limit: 201 }, 'limit'],
  [{ purpose: 'curiosity' }, 'purpose'],
  [{ personId: '__proto__' }, 'personId'],
  [{ nobody: 1 }, 'nobody'],
])('a question that cannot be read (%j) is refused by the name of its field', async (query, field) => {
  const { ask, close } = await openRegisters();
  const refused = await ask('auditor', [routes.looking, query]);
  await close();
  expect(refused).toEqual({ status: 400, answer: { code: 'audit.badQuery', params: { field } } });
});

test('pages follow each other without gaps while looks are added', async () => {
  const { ask, look, close } = await openRegisters();
  for (let made = 0; made < 5; made += 1) await look('east-a');
  const first = await ask<LookingPage>('auditor', [routes.looking, { limit: 2 }]);
  await look('west-a');
  const second = await ask<LookingPage>('auditor', [routes.looking, { limit: 3, cursor: first.answer.nextCursor }]);
  await close();
  const seqs = [...first.answer.rows, ...second.answer.rows].map(({ seq }) => seq);
  expect([seqs.length, new Set(seqs).size, second.answer.nextCursor]).toEqual([5, 5, null]);
  expect(seqs).toEqual(seqs.toSorted((a, b) => b - a));
});

test('each reads the faults of his own territory, and counts no others', async () => {
  const { ask, duty, close } = await openRegisters();
  for (const [index, cameraId] of ['east-a', 'west-a'].entries())
    await duty.desk.ask('command', faultReport({ session: duty.session, cameraId, deskSeq: index + 1 }));
  const town = await ask<FaultPage>('town', [routes.faults, {}]);
  const foreign = await ask<FaultPage>('town', [routes.faults, { camera: 'west-a' }]);
  const county = await ask<FaultPage>('duty', [routes.faults, { kind: 'fault', standing: 'open' }]);
  await close();
  expect(town.answer).toMatchObject({ count: 1, rows: [{ cameraId: 'east-a', reason: 'blurred', untilMs: null }], people: [] });
  expect(foreign.answer).toEqual({ rows: [], cameras: [], people: [], count: 0, nextCursor: null });
  expect(county.answer.rows.map(({ cameraId }) => cameraId).toSorted()).toEqual(['east-a', 'west-a']);
});

/** What the town reads of faults and finds, after the county reported a fault elsewhere (or not) and then one of its own. */
async function toldToTheTown(before: readonly string[]): Promise<string> {
  const { ask, duty, advanceMs, close } = await openRegisters();
  for (const [index, cameraId] of [...before, 'east-a'].entries())
    await duty.desk.ask('command', faultReport({ session: duty.session, cameraId, deskSeq: index + 1 }));
  advanceMs(1_000);
  const answers = [
    await ask('town', [routes.faults, { limit: 1 }]),
    await ask('town', [routes.faults, { camera: 'a', standing: 'open' }]),
    await ask('town', [routes.search, { text: 'a' }]),
    await ask('town', [routes.search, { text: 'west' }]),
  ];
  await close();
  return JSON.stringify(answers);
}

test('what happens to cameras of another town changes nothing of what this one reads and finds, not even a number', async () => {
  const nothing = await toldToTheTown([]);
  expect(await toldToTheTown(['west-a', 'west-b'])).toBe(nothing);
  expect(await toldToTheTown(['east-b'])).not.toBe(nothing);
});

test('one finds what one may read, and a question without a word is refused', async () => {
  const { ask, close } = await openRegisters();
  const of = async (account: string, text: string) => (await ask<SearchAnswer>(account, [routes.search, { text }])).answer.results;
  const found = { town: await of('town', 'west'), county: await of('duty', 'west-a'), auditor: await of('auditor', 'west-a') };
  const refused = await ask('duty', [routes.search, { text: '"*-()' }]);
  await close();
  expect(found).toEqual({ town: [], county: [expect.objectContaining({ kind: 'cameras', id: 'west-a' })], auditor: [] });
  expect(refused).toEqual({ status: 400, answer: { code: 'search.nothingToLookFor', params: { field: 'text' } } });
});

test('every question is on the record before it is answered, without what was typed; equal ones look equal', async () => {
  const { ask, close } = await openRegisters();
  await ask('duty', [routes.search, { text: '张三丰' }]);
  await ask('town', [routes.search, { text: ' 张三丰' }]);
  await ask('auditor', [routes.looking, { camera: '张三丰', fromMs: 5 }]);
  await ask('auditor', [routes.auditExport, { register: 'looking', query: {} }]);
  const { answer } = await ask<AuditPage>('auditor', [routes.auditEntries, { types: ['audit.searched', 'audit.registerExported'] }]);
  await close();
  const payloads = answer.rows.map(({ payload }) => JSON.parse(payload) as Record<string, unknown>).toReversed();
  const textHash = expect.stringMatching(/^[0-9a-f]{64}$/) as string;
  expect(payloads).toEqual([
    { surface: 'search', textHash, textLength: 3, filters: [], rows: 0 },
    { surface: 'search', textHash, textLength: 3, filters: [], rows: 0 },
    { surface: 'looking', textHash, textLength: 3, filters: ['fromMs 5', 'camera'], rows: 0 },
    { register: 'looking', filters: [], rows: 0 },
  ]);
  expect(new Set(payloads.slice(0, 3).map((payload) => payload.textHash)).size).toBe(1);
  expect(JSON.stringify(answer)).not.toContain('张三丰');
});

test('what cannot be put on the record is not answered', async () => {
  const { store, disk } = createStoreWithoutQuestions();
  const { ask, close } = await openRegisters({ store });
  await ask('auditor', [routes.looking, {}]);
  await ask('duty', [routes.search, { text: 'east' }]);
  disk.isFull = true;
  const answers = [
    await ask('auditor', [routes.looking, {}]),
    await ask('auditor', [routes.auditExport, { register: 'audit', query: {} }]),
    await ask('duty', [routes.search, { text: 'east' }]),
    await ask('duty', [routes.faults, {}]),
  ];
  await close();
  expect(answers).toEqual(Array.from({ length: 4 }, () => ({ status: 503, answer: { code: 'bus.notRecorded' } })));
});

test('an auditor has the chains computed anew', async () => {
  const { ask, close } = await openRegisters();
  const { answer } = await ask<RecordVerified>('auditor', [routes.auditVerify, {}]);
  await close();
  expect(answer).toMatchObject({ findings: [], findingCount: 0, keyId: expect.stringMatching(/^[0-9a-f]{16}$/) });
  expect(answer.places).toBeGreaterThan(2);
});

test('a running platform checks its own folder in a thread beside it, and tells of one changed byte', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'registers-'));
  const file = path.join(folder, 'record.sqlite');
  const store = await openSqliteStore({ file, newEpoch: 'epoch-1' });
  const audit = {
    keys: openAuditKeys(folder),
    lists: createHeadFiles(path.join(folder, 'signed-heads')),
    verify: createVerifyThread(folder),
  };
  const { url, close } = await openTestPlatform({ store, audit });
  const { session } = await logIn({ url, account: 'auditor' });
  const verify = async () =>
    (await (await post({ url: `${url}${routes.auditVerify}`, body: {}, token: session })).json()) as RecordVerified;
  const [before, meanwhile] = await Promise.all([verify(), verify()]);
  const insider = new DatabaseSync(file, { timeout: 5_000 });
  insider.exec(`UPDATE facts SET payload = replace(payload, 'person', 'nobody') WHERE type = 'audit.loggedIn'`);
  insider.close();
  const after = await verify();
  await close();
  rmSync(folder, { recursive: true });
  expect([before.findingCount, meanwhile]).toEqual([0, before]);
  expect(after.findings).toEqual([expect.objectContaining({ code: 'otherFact', feed: 'audit/testland' })]);
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import { routes } from '#contract/bus/index.ts';
import { auditFeed } from '#contract/record/index.ts';
import { createMemoryStore, type RecordStore } from '#platform/record/index.ts';
import { createHandPorts } from '#platform/record/testing/handPorts.ts';
import { faultReport, openCountyDesk } from '../builders/openDesk.ts';
import { logIn, openTestPlatform, post } from '../builders/platform.ts';
import { smallCounty } from '../builders/smallCounty.ts';

const feed = auditFeed(smallCounty.county.countyId);
let closers: AsyncDisposableStack;
beforeEach(() => {
  closers = new AsyncDisposableStack();
});
afterEach(async () => await closers.disposeAsync());

/** A platform whose time stands still, with a desk of the duty officer's; what follows is what `told` tells. */
async function openWatched() {
  const hand = createHandPorts();
  const store: RecordStore = createMemoryStore({ epoch: 'epoch-1' });
  const platform = await openTestPlatform({ store, clock: hand.clock, timers: hand.timers });
  closers.defer(() => platform.close());
  const duty = await openCountyDesk(platform.url);
  closers.defer(duty.desk.close);
  const facts = async () => await store.readFacts({ feed, epoch: 'epoch-1', afterSeq: 0, limit: 10_000 });
  const before = (await facts()).length;
  const told = async () =>
    (await facts()).slice(before).map(({ fact }) => {
      const { personId: _, ...payload } = JSON.parse(fact.payload) as Record<string, unknown>;
      return { type: fact.type, by: fact.actor, ...payload };
    });
  return { ...hand, url: platform.url, duty, told };
}

test('a command with an ended session, and one that cannot be read, are on the record although nobody decided them', async () => {
  const { duty, told } = await openWatched();
  const { deskId } = duty.device;
  const ended = await duty.desk.ask('command', faultReport({ session: 'x'.repeat(43) }));
  expect([ended, await told()]).toEqual([
    { ok: false, commandId: expect.any(String), refusal: { code: 'access.sessionEnded' } },
    [
      {
        ...{ type: 'audit.commandRefused', by: `device/${deskId}`, deskId },
        ...{ commandType: 'cameras.reportFault', code: 'access.sessionEnded', repeats: 0 },
      },
    ],
  ]);
});

test('a desk that floods with refused commands leaves one counted fact a minute', async () => {
  const { duty, told, advanceMs } = await openWatched();
  for (let number = 1; number <= 500; number += 1) {
    await duty.desk.ask('command', faultReport({ session: 'x'.repeat(43), deskSeq: number }));
  }
  await duty.desk.ask('command', { what: 'is this' });
  advanceMs(60_000);
  await expect.poll(async () => (await told()).length, { timeout: 10_000 }).toBe(2);
  expect((await told()).map(({ type, commandType, code, repeats }: Record<string, unknown>) => [type, commandType, code, repeats])).toEqual(
    [
      ['audit.commandRefused', 'cameras.reportFault', 'access.sessionEnded', 0],
      ['audit.commandRefused', 'command', 'bus.badMessage', 499],
    ],
  );
});

test('refused pages are on the record by who asked: a right that is missing, an enrolment, an import that cannot be read', async () => {
  const { url, told } = await openWatched();
  const [leader, admin, auditor] = await Promise.all(['leader', 'admin', 'auditor'].map(async (account) => await logIn({ url, account })));
  await post({ url: `${url}${routes.enrol}`, body: {}, token: leader?.session ?? '' });
  await post({ url: `${url}${routes.directoryImport}`, body: { not: 'readable' }, token: admin?.session ?? '' });
  await fetch(`${url}${routes.people}`, { headers: { authorization: `Bearer ${auditor?.session}` } });
  await fetch(`${url}${routes.people}`, { headers: { authorization: `Bearer ${'x'.repeat(43)}` } });
  await expect.poll(async () => (await told()).filter(({ type }) => type === 'audit.pageRefused').length, { timeout: 10_000 }).toBe(4);
  const person = (opened: typeof leader) => `person/${opened?.person.personId}`;
  expect((await told()).filter(({ type }) => type === 'audit.pageRefused').map(({ type: _, ...rest }) => rest)).toEqual([
    { by: person(leader), page: 'enrol', code: 'access.notAllowed', repeats: 0 },
    { by: person(admin), page: 'directoryImport', code: 'bus.badMessage', repeats: 0 },
    { by: person(auditor), page: 'people', code: 'access.notAllowed', repeats: 0 },
    { by: 'system/nobody', page: 'people', code: 'access.sessionEnded', repeats: 0 },
  ]);
});

test('a desk’s enrolment and a session that ends by itself are on the record, and a log-in by machine is counted', async () => {
  const { url, duty, told, advanceMs } = await openWatched();
  await post({ url: `${url}${routes.enrol}`, body: {}, token: duty.session });
  for (let guess = 0; guess < 100; guess += 1) {
    await post({ url: `${url}${routes.login}`, body: { account: `guess-${guess}`, password: 'guess' } });
  }
  advanceMs(60_000);
  advanceMs(12 * 60 * 60 * 1000);
  const of = async (type: string) => (await told()).filter((fact) => fact.type === type);
  await expect.poll(async () => (await of('audit.sessionEnded')).length, { timeout: 10_000 }).toBe(1);
  const refusals = (await of('audit.loginRefused')) as unknown as { repeats: number }[];
  expect([(await of('audit.deskEnrolled')).length, await of('audit.sessionEnded')]).toEqual([
    1,
    [{ type: 'audit.sessionEnded', by: 'system/platform', why: 'expired', sessions: 1 }],
  ]);
  expect([refusals.length, refusals.reduce((sum, { repeats }) => sum + 1 + repeats, 0)]).toEqual([32, 100]);
});

import { describe, expect, test } from 'vitest';
import { type CameraFault, decideCamera } from '#contract/cameras/index.ts';
import { type Actor, countyFeed, deskFeed, type Fact, type FeedFact, townFeed } from '#contract/record/index.ts';
import { type CameraId, type CommandId, type CountyId, type DeskId, granted, type RegionId, refused } from '#contract/values/index.ts';
import { deskShipment } from './deskShipment.ts';
import { openFeeds } from './feeds.ts';
import { createMemoryStore } from './memoryStore.ts';
import { receiptLifetimeMs } from './retention.ts';
import type { RecordStore } from './store.ts';
import { createHandPorts } from './testing/handPorts.ts';
import { openWriter, type Undertaking } from './writer.ts';

const countyId = 'al' as CountyId;
const cameraId = 'a' as CameraId;
const deskId = 'desk-1' as DeskId;
const commandId = (number: number) => `0198c7d2-0000-7000-8000-${String(number).padStart(12, '0')}` as CommandId;

async function open({ store = createMemoryStore({ epoch: 'e1' }), hand = createHandPorts() } = {}) {
  const feeds = await openFeeds(store);
  const places = { placeOf: () => ({ townId: 'east' as RegionId, villageId: null, unitId: null }) };
  const writer = await openWriter({ store, feeds, places, countyId, clock: hand.clock, log: hand.log });
  const told: FeedFact[] = [];
  writer.onRecorded((facts) => void told.push(...facts));
  return { store, feeds, writer, told, hand };
}

/** A fault report as the bus hands it over. */
function report(
  number: number,
  { deskSeq = number, fault = 'blurred' as CameraFault, of = cameraId, by = 'p1', lookedAtVersion = undefined as number | undefined } = {},
): Undertaking {
  return {
    lookedAtVersion,
    key: { commandId: commandId(number), bodyHash: JSON.stringify([deskSeq, fault, of]), deskId, deskSeq },
    actor: `person/${by}` as Actor,
    decide(view) {
      const command = { type: 'cameras.reportFault', cameraId: of, fault } as const;
      const decided = decideCamera(view.stateOf(countyFeed(countyId)).cameras, { command, isKnown: () => true });
      if (!decided.ok) return refused(decided.refusal.code, decided.refusal.params);
      return granted({ facts: decided.value.map(({ type, payload }) => ({ type, payload, subject: `camera/${of}` })) });
    },
  };
}

function wallFact(version: number, over: Partial<Fact> = {}): Fact {
  const payload = JSON.stringify({ version, displayKey: 'D1', cell: version });
  const envelope = { countyId, type: 'wall.tileCleared', v: 1, atMs: 1, actor: `device/${deskId}` as Actor, commandId: null };
  return { ...envelope, subject: `desk/${deskId}`, payload, ...over };
}

const ship = (store: RecordStore, facts: readonly { seq: number; fact: Fact }[]) => deskShipment({ deskId, countyId, facts, store });

/** A store whose next commits fail. */
function failingStore(): { store: RecordStore; fail: (kind: 'yes' | 'no') => void } {
  const inner = createMemoryStore({ epoch: 'e1' });
  let isFailing = false;
  return {
    fail: (kind) => void (isFailing = kind === 'yes'),
    store: { ...inner, commit: (batch) => (isFailing ? Promise.reject(new Error('disk full')) : inner.commit(batch)) },
  };
}

describe('the writer', () => {
  test('puts one fact into every feed that may see it, each feed with its own gapless chain', async () => {
    const { writer, told, store } = await open();
    expect(await writer.submit(report(1))).toEqual(granted(1));
    expect(told.map(({ feed, seq, fact }) => [feed, seq, fact.type, fact.actor, fact.commandId])).toEqual([
      [countyFeed(countyId), 1, 'cameras.faultReported', 'person/p1', commandId(1)],
      [townFeed('east' as RegionId), 1, 'cameras.faultReported', 'person/p1', commandId(1)],
    ]);
    const kept = await store.readFacts({ feed: countyFeed(countyId), epoch: 'e1', afterSeq: 0, limit: 10 });
    expect(kept).toEqual(told.slice(0, 1));
  });

  test('decides each command against what the batch decided before it', async () => {
    const { writer } = await open();
    const outcomes = await Promise.all([writer.submit(report(1)), writer.submit(report(2))]);
    expect(outcomes).toEqual([granted(1), refused('cameras.faultAlreadyReported', { cameraId })]);
  });

  test('gives the same command the same reply, in the same batch, later, and after a restart', async () => {
    const { writer, store, told } = await open();
    const twice = await Promise.all([writer.submit(report(1)), writer.submit(report(1))]);
    const later = await writer.submit(report(1));
    await writer.close();
    const reopened = await open({ store });
    const restarted = await reopened.writer.submit(report(1));
    expect([...twice, later, restarted]).toEqual([granted(1), granted(1), granted(1), granted(1)]);
    expect([told.length, reopened.told.length]).toEqual([2, 0]);
  });

  test('gives a refused command its refusal again, even when it would be granted by now', async () => {
    const { writer } = await open();
    await writer.submit(report(1));
    const refusal = await writer.submit(report(2));
    await writer.submit({
      key: null,
      actor: 'system/test' as Actor,
      decide: () => granted({ facts: [{ type: 'cameras.faultCleared', subject: 'camera/a', payload: { cameraId, version: 2 } }] }),
    });
    expect(await writer.submit(report(2))).toEqual(refusal);
  });

  describe('of somebody who looked at an older version', () => {
    const cleared = (by: string, version: number): Undertaking => ({
      key: null,
      actor: by as Actor,
      decide: () => granted({ facts: [{ type: 'cameras.faultCleared', subject: 'camera/a', payload: { cameraId, version } }] }),
    });

    test('refuses what somebody else has changed since then, in the same batch and later, and records nothing', async () => {
      const { writer, told } = await open();
      const [, , same] = await Promise.all([
        writer.submit(report(1, { by: 'p2' })),
        writer.submit(cleared('person/p2', 2)),
        writer.submit(report(2, { lookedAtVersion: 1 })),
      ]);
      const later = await writer.submit(report(3, { lookedAtVersion: 0 }));
      const movedOn = refused('bus.entityMovedOn', { version: 2 });
      expect([same, later, told.filter(({ fact }) => fact.actor === 'person/p1')]).toEqual([movedOn, movedOn, []]);
    });

    test('the platform itself is somebody else; he himself is not, and neither is a thing that he saw as it is', async () => {
      const { writer } = await open();
      await writer.submit(report(1));
      await writer.submit(cleared('person/p1', 2));
      const afterHisOwn = await writer.submit(report(2, { lookedAtVersion: 0 }));
      await writer.submit(cleared('system/gateway', 4));
      const afterTheGateway = await writer.submit(report(3, { lookedAtVersion: 3 }));
      const asItIs = await writer.submit(report(4, { lookedAtVersion: 4 }));
      expect([afterHisOwn, afterTheGateway, asItIs]).toEqual([granted(1), refused('bus.entityMovedOn', { version: 4 }), granted(1)]);
    });

    test('gives a repetition its reply, and one without a version goes as it always did', async () => {
      const { writer } = await open();
      const first = await writer.submit(report(1, { lookedAtVersion: 0 }));
      await writer.submit(cleared('person/p2', 2));
      const again = await writer.submit(report(1, { lookedAtVersion: 0 }));
      expect([first, again, await writer.submit(report(2))]).toEqual([granted(1), granted(1), granted(1)]);
    });

    test('refuses by right and by rule first: versions are told only to who may', async () => {
      const { writer } = await open();
      await writer.submit(report(1, { by: 'p2' }));
      const notAllowed = { ...report(2, { lookedAtVersion: 0 }), decide: () => refused('access.notAllowed') };
      expect(await writer.submit(notAllowed)).toEqual(refused('access.notAllowed'));
    });
  });

  test('refuses another command under a used id, and says so in the log', async () => {
    const { writer, hand } = await open();
    await writer.submit(report(1));
    expect(await writer.submit(report(1, { fault: 'other' }))).toEqual(refused('bus.commandReused'));
    expect(hand.said).toContain('a command id came again with another body; refused');
  });

  test('never runs a command again whose receipt is gone', async () => {
    const { writer, hand } = await open();
    await writer.submit(report(1));
    hand.advanceMs(receiptLifetimeMs + 1);
    await writer.submit(report(2, { of: 'b' as CameraId }));
    expect(await writer.submit(report(1))).toEqual(refused('bus.receiptExpired'));
  });

  test('refuses every command of a batch that the disk refuses, and stays as it was', async () => {
    const { store, fail } = failingStore();
    const { writer, told, feeds } = await open({ store });
    fail('yes');
    const failed = await Promise.all([writer.submit(report(1)), writer.submit(report(2, { of: 'b' as CameraId }))]);
    expect(failed).toEqual([refused('bus.notRecorded'), refused('bus.notRecorded')]);
    expect([told.length, feeds.headOf(countyFeed(countyId)).seq]).toEqual([0, 0]);
    fail('no');
    expect(await writer.submit(report(1))).toEqual(granted(1));
    expect(told.map(({ seq }) => seq)).toEqual([1, 1]);
  });

  test('answers only after the disk has it', async () => {
    const order: string[] = [];
    const inner = createMemoryStore({ epoch: 'e1' });
    const commit: RecordStore['commit'] = async (batch) => {
      await inner.commit(batch);
      order.push('written');
    };
    const { writer } = await open({ store: { ...inner, commit } });
    writer.onRecorded(() => void order.push('told'));
    await writer.submit(report(1)).then(() => order.push('answered'));
    expect(order).toEqual(['written', 'told', 'answered']);
  });

  test('goes on when one decision throws', async () => {
    const { writer } = await open();
    const broken: Undertaking = {
      ...report(1),
      decide: () => {
        throw new Error('a bug');
      },
    };
    const outcomes = await Promise.all([writer.submit(broken), writer.submit(report(2))]);
    expect(outcomes).toEqual([refused('bus.notRecorded'), granted(1)]);
  });

  test('writes what was queued before it closes, and nothing after', async () => {
    const { writer, told } = await open();
    const queued = writer.submit(report(1));
    await writer.close();
    expect([await queued, await writer.submit(report(2)), told.length]).toEqual([granted(1), refused('bus.notRecorded'), 2]);
  });

  test('folds to the same state and place after a restart', async () => {
    const { writer, store, feeds } = await open();
    for (const number of [1, 2, 3]) await writer.submit(report(number, { of: `c${number}` as CameraId }));
    const reopened = await openFeeds(store);
    const feed = countyFeed(countyId);
    expect([reopened.headOf(feed), reopened.stateOf(feed)]).toEqual([feeds.headOf(feed), feeds.stateOf(feed)]);
  });
});

describe('facts that a desk ships', () => {
  test('are appended once, however often they come', async () => {
    const { writer, store, told } = await open();
    const facts = [1, 2].map((seq) => ({ seq, fact: wallFact(seq) }));
    const outcomes = [await writer.submit(ship(store, facts)), await writer.submit(ship(store, facts))];
    const overlapping = await writer.submit(ship(store, [...facts.slice(1), { seq: 3, fact: wallFact(3) }]));
    expect([...outcomes, overlapping]).toEqual([granted(2), granted(2), granted(3)]);
    expect(told.map(({ feed, seq, fact }) => [feed, seq, fact])).toEqual([1, 2, 3].map((seq) => [deskFeed(deskId), seq, wallFact(seq)]));
  });

  test('wait for what is missing before them', async () => {
    const { writer, store } = await open();
    const gap = await writer.submit(ship(store, [{ seq: 2, fact: wallFact(2) }]));
    const hole = await writer.submit(
      ship(store, [
        { seq: 1, fact: wallFact(1) },
        { seq: 3, fact: wallFact(3) },
      ]),
    );
    expect([gap, hole]).toEqual([refused('bus.missingFacts', { missingFrom: 1 }), refused('bus.missingFacts', { missingFrom: 2 })]);
  });

  test("are refused when they are not this desk's to tell", async () => {
    const { writer, store, told } = await open();
    const foreign: Fact[] = [
      wallFact(1, { subject: 'desk/desk-2' }),
      wallFact(1, { countyId: 'other' as CountyId }),
      wallFact(1, { actor: 'device/desk-2' as Actor }),
      wallFact(1, { actor: 'system/gateway' as Actor }),
    ];
    const unreadable: Fact[] = [
      wallFact(1, { type: 'cameras.faultCleared', payload: JSON.stringify({ cameraId, version: 1 }) }),
      wallFact(1, { type: 'wall.unheardOf' }),
      wallFact(1, { payload: '{"__proto__":{}}' }),
      wallFact(1, { payload: '{' }),
    ];
    const outcomes = [];
    for (const fact of [...foreign, ...unreadable]) outcomes.push(await writer.submit(ship(store, [{ seq: 1, fact }])));
    const codes = outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.refusal.code));
    expect(codes).toEqual([...foreign.map(() => 'bus.notThisDesk'), ...unreadable.map(() => 'bus.unknownFact')]);
    expect(told).toEqual([]);
  });

  test('of another past under the same numbers are refused, not taken for known ones', async () => {
    const { writer, store } = await open();
    await writer.submit(ship(store, [{ seq: 1, fact: wallFact(1) }]));
    const other = [{ seq: 1, fact: wallFact(9) }];
    expect(await writer.submit(ship(store, other))).toEqual(refused('bus.deskPastDiffers', { settledSeq: 1 }));
  });

  test('that arrive twice in one batch are appended once', async () => {
    const { writer, store, told } = await open();
    const facts = [{ seq: 1, fact: wallFact(1) }];
    const outcomes = await Promise.all([writer.submit(ship(store, facts)), writer.submit(ship(store, facts))]);
    expect([outcomes, told.length]).toEqual([[granted(1), granted(1)], 1]);
  });
});

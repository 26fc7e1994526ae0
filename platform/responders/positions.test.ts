import { describe, expect, test } from 'vitest';
import type { PolicyActor } from '#contract/access/index.ts';
import { Responder } from '#contract/directory/index.ts';
import { createPositionColumns, directoryRevisionOf, positionAt, readPositions } from '#contract/responders/index.ts';
import type { RegionId } from '#contract/values/index.ts';
import type { Directory } from '../directory/index.ts';
import { createHandPorts } from '../record/testing/handPorts.ts';
import { openPositions, type PositionReport } from './index.ts';
import type { Rosters } from './rosters.ts';

const startMs = 1_800_000_000_000;

/** A directory of two towns whose rows a test changes. */
function createDirectory(people: readonly (readonly [id: string, town: string])[]) {
  let [revision, rows] = [1, people];
  const regionPath = (id: RegionId) => [id, 'county' as RegionId];
  const responders = () =>
    rows.map(([id, town], index) =>
      Responder.parse({ countyId: 'county', id, index: 1_000 + index, kind: 'gridWorker', name: id, regionId: town }),
    );
  const directory = { revision: () => revision, regionPath, rows: responders } as unknown as Directory;
  return {
    directory,
    change(next: typeof rows) {
      [revision, rows] = [revision + 1, next];
    },
  };
}

const people = [
  ['r-3', 'east'],
  ['r-1', 'west'],
  ['r-2', 'east'],
] as const;
const operatorOf = (...territory: string[]): PolicyActor => ({
  kind: 'person',
  roles: ['operator'],
  territory: territory as unknown as RegionId[],
});
const at = (responderId: string, changes: Partial<PositionReport> = {}): PositionReport => ({
  ...{ responderId, measuredAtMs: startMs, lng: 108.5, lat: 33.25, headingDeg: 90, status: 'available', ...changes },
});

function open(rows: readonly (readonly [string, string])[] = people) {
  const hand = createHandPorts({ nowMs: startMs });
  const { directory, change } = createDirectory(rows);
  const positions = openPositions({ ...hand, directory });
  /** A reader with what he was sent since he was last looked at. */
  function follow(actor: PolicyActor | null) {
    const reader = { actor, hasRoom: true, frames: [] as Uint8Array[] };
    const following = positions.follow({
      actor: () => reader.actor,
      send: (frame) => void reader.frames.push(frame),
      hasRoom: () => reader.hasRoom,
    });
    return { ...following, reader, take: () => reader.frames.splice(0) };
  }
  return { ...hand, positions, rosters: positions.rosters, follow, change };
}

/** Who is where, as a desk with this roster reads the frames. */
function readAs({ rosters, frames, actor }: { rosters: Rosters; frames: readonly Uint8Array[]; actor: PolicyActor }) {
  const { numbering, rows } = rosters.of(actor);
  const columns = createPositionColumns({ size: rows.length, directoryRevision: numbering });
  for (const frame of frames) expect(readPositions(frame, columns)).toMatchObject({ kind: 'taken', dropped: 0 });
  return Object.fromEntries(
    rows.flatMap(({ id, index }) => {
      const place = positionAt(columns, index);
      return place === null ? [] : [[id, place.lng]];
    }),
  );
}

describe('a reader', () => {
  test('gets a whole picture first, then what changed in the last second, then nothing', () => {
    const { positions, rosters, follow, advanceMs } = open();
    const actor = operatorOf('county');
    const { take } = follow(actor);
    positions.report([at('r-1'), at('r-2')]);
    advanceMs(1_000);
    const whole = readAs({ rosters, actor, frames: take() });
    positions.report([at('r-2', { lng: 109 })]);
    advanceMs(1_000);
    const changed = readAs({ rosters, actor, frames: take() });
    advanceMs(1_000);
    expect([whole, changed, take()]).toEqual([{ 'r-1': 108.5, 'r-2': 108.5 }, { 'r-2': 109 }, []]);
  });

  test('gets a whole picture again when he asks for it, and one of nobody before anybody was heard of', () => {
    const { positions, rosters, follow, advanceMs } = open();
    const actor = operatorOf('county');
    const { take, sendWhole } = follow(actor);
    advanceMs(1_000);
    const empty = take();
    positions.report([at('r-1')]);
    advanceMs(1_000);
    take();
    sendWhole();
    advanceMs(1_000);
    expect([empty.map(({ length }) => length), readAs({ rosters, actor, frames: take() })]).toEqual([[20], { 'r-1': 108.5 }]);
  });

  test('of a town gets its own people, under its own numbers', () => {
    const { positions, rosters, follow, advanceMs } = open();
    const actor = operatorOf('east');
    const { take } = follow(actor);
    positions.report(people.map(([id]) => at(id)));
    advanceMs(1_000);
    expect([readAs({ rosters, actor, frames: take() }), rosters.of(actor).rows.map(({ id, index }) => [id, index])]).toEqual([
      { 'r-2': 108.5, 'r-3': 108.5 },
      [
        ['r-2', 0],
        ['r-3', 1],
      ],
    ]);
  });

  test('who may follow nobody is told so: an auditor, somebody of nowhere, a device that is not known any more', () => {
    const { positions, follow, advanceMs } = open();
    const none: readonly (PolicyActor | null)[] = [
      { ...operatorOf('county'), roles: ['auditor'] } as PolicyActor,
      operatorOf('south'),
      null,
    ];
    const followings = none.map((actor) => follow(actor));
    positions.report([at('r-1')]);
    advanceMs(1_000);
    expect(followings.map(({ take }) => take().map((frame) => [directoryRevisionOf(frame), frame.length]))).toEqual(
      none.map(() => [[0, 20]]),
    );
  });

  test('whose right changes sees it with the next round', () => {
    const { positions, rosters, follow, advanceMs } = open();
    const { reader, take } = follow(operatorOf('county'));
    positions.report([at('r-1'), at('r-2')]);
    advanceMs(1_000);
    take();
    reader.actor = operatorOf('west');
    advanceMs(1_000);
    expect(readAs({ rosters, actor: operatorOf('west'), frames: take() })).toEqual({ 'r-1': 108.5 });
  });

  test('without room is left out, and gets a whole picture when he has some', () => {
    const { positions, rosters, follow, advanceMs } = open();
    const actor = operatorOf('county');
    const { reader, take } = follow(actor);
    advanceMs(1_000);
    take();
    reader.hasRoom = false;
    for (let step = 0; step < 5; step += 1) {
      positions.report([at('r-1', { lng: 100 + step, measuredAtMs: startMs + step })]);
      advanceMs(1_000);
    }
    const meanwhile = take();
    reader.hasRoom = true;
    advanceMs(1_000);
    expect([meanwhile, readAs({ rosters, actor, frames: take() })]).toEqual([[], { 'r-1': 104 }]);
  });

  test('shares his frames with everybody of the same territory', () => {
    const { positions, follow, advanceMs } = open();
    const followings = [operatorOf('east'), operatorOf('east'), { kind: 'device', territory: ['east'] } as unknown as PolicyActor].map(
      follow,
    );
    positions.report([at('r-2')]);
    advanceMs(1_000);
    const frames = followings.map(({ take }) => take()[0]);
    expect([frames[0]?.length, new Set(frames).size]).toEqual([36, 1]);
  });

  test('hears nothing of people elsewhere: not of their moving, their coming, nor their number', () => {
    const seenWith = ({ others }: { others: boolean }) => {
      const { positions, follow, change, advanceMs } = open(others ? people : people.filter(([, town]) => town === 'east'));
      const { take } = follow(operatorOf('east'));
      positions.report([at('r-2'), ...(others ? [at('r-1')] : [])]);
      advanceMs(1_000);
      if (others) change([['r-0', 'west'], ...people]);
      positions.report([at('r-3'), ...(others ? [at('r-0')] : [])]);
      advanceMs(2_000);
      return take().map((frame) => Buffer.from(frame).toString('hex'));
    };
    expect(seenWith({ others: true })).toEqual(seenWith({ others: false }));
  });
});

describe('a report', () => {
  test('that cannot be true is counted by reason, and the others of its batch are taken', () => {
    const { positions, advanceMs } = open();
    const wrong: readonly PositionReport[] = [
      at('nobody'),
      at('__proto__'),
      at('r-1', { lng: Number.NaN }),
      at('r-1', { headingDeg: Number.POSITIVE_INFINITY }),
      at('r-1', { measuredAtMs: 0 }),
      at('r-1', { lng: 180.1 }),
      at('r-1', { lat: -91 }),
      at('r-1', { measuredAtMs: startMs + 10_001 }),
      at('r-2', { measuredAtMs: startMs - 1 }),
      at('r-1', { status: 'asleep' as 'available' }),
    ];
    positions.report([at('r-2'), ...wrong, at('r-1', { measuredAtMs: startMs + 10_000, headingDeg: -90 })]);
    advanceMs(0);
    expect(positions.health()).toEqual({
      ...{ responders: 3, taken: 2, lastTakenAtMs: startMs },
      refused: { unknownResponder: 2, notANumber: 3, offEarth: 2, inFuture: 1, older: 1, unknownStatus: 1 },
    });
  });

  test('that is refused is in the log at most once a minute', () => {
    const { positions, advanceMs, said } = open();
    for (let second = 0; second < 150; second += 1) {
      positions.report([at('nobody')]);
      advanceMs(1_000);
    }
    expect(said.filter((line) => line === 'reports of positions were refused').length).toBe(3);
  });

  test('outlives a new revision of the directory', () => {
    const { positions, rosters, follow, change, advanceMs } = open();
    const actor = operatorOf('county');
    const { take } = follow(actor);
    positions.report(people.map(([id]) => at(id)));
    advanceMs(1_000);
    const before = take().map(directoryRevisionOf);
    change([['r-9', 'west'], ...people.slice(1)]);
    advanceMs(1_000);
    const frames = take();
    expect([before[0] === directoryRevisionOf(frames[0]!), readAs({ rosters, actor, frames })]).toEqual([
      false,
      { 'r-1': 108.5, 'r-2': 108.5 },
    ]);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideCamera, decideMoves, decideSourceChange } from '#contract/cameras/index.ts';
import { type Actor, countyFeed, type Fact, type FeedName } from '#contract/record/index.ts';
import type { CameraId, CountyId, RegionId, UnitId } from '#contract/values/index.ts';
import { audience, type CameraPlace, feedsLeft, nowhere, type Places } from './audience.ts';
import { emptyFeedState, evolveFeed, type FeedState } from './facts.ts';

const countyId = 'al' as CountyId;
const county = countyFeed(countyId);
const cameras = ['c0', 'c1'] as CameraId[];
const place = (townId: string | null, villageId: string | null, unitId: string | null): CameraPlace => ({
  townId: townId as RegionId | null,
  villageId: villageId as RegionId | null,
  unitId: unitId as UnitId | null,
});
const east = place('east', 'east-1', 'water');

function fact(type: string, payload: object): Fact {
  const envelope = { countyId, v: 1, atMs: 7, actor: 'system/test' as Actor, commandId: null, subject: 'camera/c0' };
  return { ...envelope, type, payload: JSON.stringify(payload) };
}

describe('a camera fact', () => {
  const lost = fact('cameras.sourceLost', { cameraId: 'c0', version: 1, reason: 'noData' });
  test.each<[string, CameraPlace, string[]]>([
    ['in a village, of a department', east, ['county/al', 'town/east', 'village/east-1', 'unit/water']],
    ["at a town's own", place('east', null, null), ['county/al', 'town/east']],
    ['that no directory knows', nowhere, ['county/al']],
  ])('%s goes to all whose whole audience may see it', (_, at, feeds) => {
    expect(audience(lost, { placeOf: () => at })).toEqual(feeds);
  });

  test('that tells of a move goes out of the feeds that lose it, and whole into all that have it then', () => {
    const places: Places = { placeBefore: () => east, placeOf: () => place('east', 'east-2', 'water') };
    const moved = decideMoves(new Map([[cameras[0]!, conditionOf('noData')]]), [{ cameraId: cameras[0]!, leaves: 'some' }]);
    expect(moved.map(({ type, payload }) => [type, audience(fact(type, payload), places)])).toEqual([
      ['cameras.movedOut', ['village/east-1']],
      ['cameras.movedIn', ['county/al', 'town/east', 'village/east-2', 'unit/water']],
    ]);
  });

  test('of a move says nothing of where it went', () => {
    const [out] = decideMoves(new Map([[cameras[0]!, conditionOf('noData')]]), [{ cameraId: cameras[0]!, leaves: 'some' }]);
    expect(out).toEqual({ type: 'cameras.movedOut', payload: { cameraId: 'c0', version: 4 } });
  });
});

function conditionOf(reason: 'noData') {
  return { cameraId: cameras[0]!, version: 3, source: { kind: 'lost', sinceMs: 1, reason } as const, fault: null };
}

const spots = [east, place('east', 'east-2', 'water'), place('west', 'west-1', null), place(null, null, 'roads'), nowhere];
const step = fc.record({
  camera: fc.constantFrom(...cameras),
  kind: fc.constantFrom('report' as const, 'clear' as const, 'lose' as const, 'restore' as const, 'move' as const),
  to: fc.integer({ min: 0, max: spots.length - 1 }),
});
type Step = { camera: CameraId; kind: 'report' | 'clear' | 'lose' | 'restore' | 'move'; to: number };

/** Plays steps as the writer would: each feed's facts in its own order. */
function play(steps: readonly Step[]) {
  const at = new Map<CameraId, CameraPlace>(cameras.map((id) => [id, east]));
  const feeds = new Map<FeedName, Fact[]>();
  let state: FeedState = emptyFeedState;
  for (const { camera, kind, to } of steps) {
    const before = at.get(camera) ?? nowhere;
    const after = kind === 'move' ? (spots[to] ?? nowhere) : before;
    const places: Places = { placeOf: () => after, placeBefore: () => before };
    at.set(camera, after);
    for (const { type, payload } of draftsOf({ camera, kind, to }, state, places)) {
      const told = fact(type, payload);
      for (const feed of audience(told, places)) feeds.set(feed, [...(feeds.get(feed) ?? []), told]);
      if (audience(told, places).includes(county)) state = evolveFeed(state, told);
    }
  }
  return { at, feeds, state };
}

function draftsOf({ camera, kind }: Step, { cameras: state }: FeedState, places: Places) {
  const isKnown = () => true;
  switch (kind) {
    case 'report':
    case 'clear': {
      const command =
        kind === 'report'
          ? ({ type: 'cameras.reportFault', cameraId: camera, fault: 'blurred' } as const)
          : ({ type: 'cameras.clearFault', cameraId: camera } as const);
      const decided = decideCamera(state, { command, isKnown });
      return decided.ok ? decided.value : [];
    }
    case 'lose':
      return decideSourceChange(state, { cameraId: camera, source: 'lost', reason: 'noData' });
    case 'restore':
      return decideSourceChange(state, { cameraId: camera, source: 'normal' });
    case 'move':
      return decideMoves(state, [{ cameraId: camera, leaves: feedsLeft(camera, places).length > 0 ? 'some' : 'none' }]);
  }
}

/** Two feeds heard in some interleaving, each in its own order. */
function interleave(a: readonly Fact[], b: readonly Fact[], turns: readonly boolean[]): Fact[] {
  const [left, right] = [[...a], [...b]];
  const merged = turns.flatMap((isLeft) => (isLeft ? left : right).splice(0, 1));
  return [...merged, ...left, ...right];
}

describe('after any moves', () => {
  test('a desk that holds two feeds ends equal, in whatever order it hears them', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.array(fc.boolean(), { maxLength: 60 }), (steps, turns) => {
        const { feeds } = play(steps);
        const names = [...feeds.keys()];
        for (const a of names) {
          for (const b of names) {
            const [one, two] = [feeds.get(a) ?? [], feeds.get(b) ?? []];
            const heard = interleave(one, two, turns).reduce(evolveFeed, emptyFeedState).cameras;
            expect(heard).toEqual([...two, ...one].reduce(evolveFeed, emptyFeedState).cameras);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test('a feed that has a camera knows what the county knows of it, and one that has it no longer counts nothing of it', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const { at, feeds, state } = play(steps);
        for (const [feed, facts] of feeds) {
          const held = facts.reduce(evolveFeed, emptyFeedState).cameras;
          for (const id of cameras) {
            const mine = audience(fact('cameras.sourceRestored', { cameraId: id, version: 1 }), { placeOf: () => at.get(id) ?? nowhere });
            const condition = held.get(id);
            const known = state.cameras.get(id);
            if (mine.includes(feed)) expect([condition?.source, condition?.fault]).toEqual([known?.source, known?.fault]);
            else expect([condition?.source.kind ?? 'normal', condition?.fault ?? null]).toEqual(['normal', null]);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

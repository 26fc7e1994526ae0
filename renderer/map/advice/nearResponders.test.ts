import { expect, test } from 'vitest';
import { createPositionColumns, setPosition } from '#contract/responders/index.ts';
import type { LngLat } from '#contract/values/index.ts';
import type { Way } from '../roads/roadMinutes.ts';
import { nearestInLine, nearResponders, rankResponders } from './nearResponders.ts';

const nowMs = 1_800_000_000_000;
const at: LngLat = [108, 33];
// North of the place, metres; minutes ago; status code (5 = unavailable).
const people = [
  { northM: 900, ageMin: 0, status: 0 },
  { northM: 300, ageMin: 30, status: 0 },
  { northM: 2_000, ageMin: 0, status: 0 },
  { northM: 100, ageMin: 0, status: 5 },
  { northM: 400, ageMin: 0, status: 0 },
] as const;

function columnsOf() {
  const columns = createPositionColumns({ size: people.length + 1, directoryRevision: 1 });
  people.forEach(({ northM, ageMin, status }, index) =>
    setPosition(columns, index, { measuredAtMs: nowMs - ageMin * 60_000, lng: 108, lat: 33 + northM / 111_320, headingDeg: 0, status }),
  );
  return columns;
}

const metres = { national: 0, county: 0, village: 0, street: 0 };
const drives = (minutes: number): Way => ({ kind: 'road', minutes, metres, walkM: 0 });

test('the nearest in a straight line are found among all of whom somebody has heard', () => {
  expect(nearestInLine({ columns: columnsOf(), at, count: 3 })).toEqual([3, 1, 4]);
  expect(nearestInLine({ columns: columnsOf(), at, count: 99 })).toEqual([3, 1, 4, 0, 2]);
});

test('in a straight line the silent one comes behind those who report, and who is not to be had comes last', () => {
  const near = nearResponders({ columns: columnsOf(), indices: [3, 1, 4, 0, 2], ways: null, at, nowMs });
  expect(rankResponders(near, { by: 'line', nowMs }).map(({ index, isStale }) => [index, isStale])).toEqual([
    [4, false],
    [0, false],
    [1, true],
    [2, false],
    [3, false],
  ]);
});

test('by road minutes count: a detour and a stale position put the near ones behind, whom no road leads here comes after', () => {
  const ways = [drives(1), drives(4), { kind: 'none', why: 'notConnected' }, drives(6), drives(5)] as const;
  const near = nearResponders({ columns: columnsOf(), indices: [3, 1, 4, 0, 2], ways, at, nowMs });
  expect(rankResponders(near, { by: 'road', nowMs }).map(({ index }) => index)).toEqual([2, 0, 1, 4, 3]);
  expect(rankResponders(near, { by: 'line', nowMs }).map(({ index }) => index)).toEqual([4, 0, 1, 2, 3]);
});

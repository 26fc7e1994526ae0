import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LoadHistory } from '#contract/incidents/index.ts';
import type { RegionId } from '#contract/values/index.ts';
import { heatFrom, heatOf, reportingFrom } from './heat.ts';
import { loadsOf } from './loads.ts';

const id = (text: string) => text as RegionId;
const weekMs = 168 * 3_600_000;
const parents = new Map([
  [id('g1'), id('t1')],
  [id('g2'), id('t1')],
  [id('g3'), id('t2')],
  [id('t1'), id('c')],
  [id('t2'), id('c')],
]);
const regions = ['c', 't1', 't2', 'g1', 'g2', 'g3'].map(id);
const history = (weeks: number, openThen: Record<string, number>, heard: readonly string[] = []): LoadHistory => ({
  ...{ atMs: 60 * weekMs, sinceMs: (60 - weeks - 1) * weekMs, weeks },
  grids: [...new Set([...Object.keys(openThen), ...heard])].map((grid) => ({
    ...{ regionId: id(grid), openThen: openThen[grid] ?? 0, lastReportedAtMs: heard.includes(grid) ? 59.5 * weekMs : null },
  })),
});
const now = (open: Record<string, number>) =>
  loadsOf({
    ...{ parents, regions, reporting: new Map() },
    own: new Map(Object.entries(open).map(([grid, count]) => [id(grid), { open: count, nearlyLate: 0, late: 0 }])),
  });

test('is none where no more is open than usual, and full at twice as much', () => {
  const heat = heatOf({ parents, regions, history: history(4, { g1: 16, g2: 40 }), openNow: now({ g1: 4, g2: 20 }) });
  expect([heat?.get(id('g1')), heat?.get(id('g2')), heat?.get(id('t1'))]).toEqual([0, 1, 10 / 14]);
});

test('one matter more where nothing is usual is not full heat', () => {
  const heat = heatOf({ parents, regions, history: history(4, {}), openNow: now({ g3: 1 }) });
  expect([heat?.get(id('g3')), heat?.get(id('t2')), heat?.get(id('g1'))]).toEqual([1 / 3, 1 / 3, 0]);
});

test('a record of less than three weeks says so and draws nothing', () => {
  const young = history(2, { g1: 9 });
  expect([heatFrom(young), heatFrom(null), heatFrom(history(3, {}))]).toEqual([
    { kind: 'tooFewWeeks', weeks: 2 },
    { kind: 'unknown' },
    { kind: 'known', weeks: 3 },
  ]);
  expect(heatOf({ parents, regions, history: young, openNow: now({ g1: 9 }) })).toBeNull();
});

test('a grid is silent when nothing was reported for a week, a town when all its grids are; nobody is on a young record', () => {
  const silentOf = (from: LoadHistory) =>
    [...loadsOf({ parents, regions, own: new Map(), reporting: reportingFrom(from, ['g1', 'g2', 'g3'].map(id)) })]
      .filter(([, { report }]) => report === 'silent')
      .map(([regionId]) => regionId);
  expect(silentOf(history(4, {}, ['g1']))).toEqual(['t2', 'g2', 'g3']);
  expect(silentOf({ ...history(4, {}, ['g1']), sinceMs: 59.9 * weekMs })).toEqual([]);
  expect(silentOf(history(4, {}, ['g1', 'g2', 'g3']))).toEqual([]);
});

test('grids add up to towns, towns to the county, the county to the list of what is open', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('g1', 'g2', 'g3'), { maxLength: 40 }), (list) => {
      const counts = Object.fromEntries([...Map.groupBy(list, (grid) => grid)].map(([grid, own]) => [grid, own.length]));
      const loads = now(counts);
      const sum = (level: string) =>
        regions.filter((region) => region.startsWith(level)).reduce((n, region) => n + (loads.get(region)?.open ?? 0), 0);
      expect([sum('g'), sum('t'), sum('c')]).toEqual([list.length, list.length, list.length]);
    }),
    { seed: 5 },
  );
});

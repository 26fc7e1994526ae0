import { expect, test } from 'vitest';
import type { RegionId } from '#contract/values/index.ts';
import { loadsOf } from './loads.ts';

const id = (name: string) => name as RegionId;
const parents = new Map([
  [id('g1'), id('v')],
  [id('g2'), id('v')],
  [id('v'), id('t')],
]);
const regions = ['g1', 'g2', 'v', 't', 'other'].map(id);

test('what is open in grids adds up to what is open in their village and town', () => {
  const own = new Map([
    [id('g1'), { open: 3, nearlyLate: 1, late: 0 }],
    [id('g2'), { open: 2, nearlyLate: 0, late: 1 }],
  ]);
  const loads = loadsOf({ parents, regions, own, reporting: new Map() });
  expect(Object.fromEntries(loads)).toEqual({
    g1: { open: 3, nearlyLate: 1, late: 0, report: 'reporting' },
    g2: { open: 2, nearlyLate: 0, late: 1, report: 'reporting' },
    v: { open: 5, nearlyLate: 1, late: 1, report: 'reporting' },
    t: { open: 5, nearlyLate: 1, late: 1, report: 'reporting' },
    other: { open: 0, nearlyLate: 0, late: 0, report: 'reporting' },
  });
});

test('a grid whose people all fell silent is silent, its village only when the other grid is too', () => {
  const one = loadsOf({
    parents,
    regions,
    own: new Map(),
    reporting: new Map([
      [id('g1'), 0],
      [id('g2'), 2],
    ]),
  });
  expect([one.get(id('g1'))?.report, one.get(id('g2'))?.report, one.get(id('v'))?.report]).toEqual(['silent', 'reporting', 'reporting']);
  const both = loadsOf({ parents, regions, own: new Map(), reporting: new Map([[id('g1'), 0]]) });
  expect([both.get(id('v'))?.report, both.get(id('other'))?.report]).toEqual(['silent', 'reporting']);
});

import { expect, test } from 'vitest';
import type { RegionId } from '#contract/values/index.ts';
import { legendNotes, legendRows } from './legendRows.ts';
import { emptyMapState, type MapState } from './mapState.ts';

const hidden = { areas: false, incidents: false, responders: false, cameras: false, centers: false, heat: false };
const state = (changes: Partial<MapState>): MapState => ({ ...emptyMapState, level: 'grid', ...changes });
const load = { open: 7, nearlyLate: 1, late: 2, silent: 3, nowhere: 0 };
const signs = (of: MapState) => legendRows(of).map(({ sign }) => sign);

test('names the signs of the layers that are shown, at the level that is drawn, and no others', () => {
  expect(legendRows(state({ shown: { ...hidden, areas: true }, loads: load, level: 'town' }))).toEqual([
    { sign: 'late', text: 'map:legend.late', count: 2 },
    { sign: 'nearlyLate', text: 'map:legend.nearlyLate', count: 1 },
    { sign: 'load', text: 'map:legend.load', count: 7 },
    { sign: 'none', text: 'map:legend.none.town' },
    { sign: 'silent', text: 'map:legend.silent.town', count: 3 },
  ]);
  expect(signs(state({ shown: { ...hidden, cameras: true } }))).toEqual(['camera']);
  expect(signs(state({ shown: hidden, loads: load }))).toEqual([]);
});

test('arcs of those who were sent are named while both of their ends are drawn, and only where somebody was', () => {
  const both = { ...hidden, incidents: true, responders: true };
  const [sent, nobody] = [state({ shown: both, assignments: 3 }), state({ shown: both })];
  expect(legendRows(sent)).toContainEqual({ sign: 'assignment', text: 'map:legend.assignment', count: 3 });
  expect([signs(nobody), signs(state({ shown: { ...hidden, responders: true }, assignments: 3 }))]).toEqual([['fresh'], ['fresh']]);
});

test('says heat in place of load only where it is known, and in words why it is not', () => {
  const shown = { ...hidden, areas: true, heat: true };
  expect(signs(state({ shown, loads: load, heat: { kind: 'known', weeks: 5 } }))).toEqual(['heat', 'none', 'silent']);
  const young = state({ shown, loads: load, heat: { kind: 'tooFewWeeks', weeks: 1 } });
  expect([signs(young).includes('heat'), legendNotes(young)]).toEqual([
    false,
    [{ key: 'heat', text: 'map:heat.tooFewWeeks', count: 1, tone: 'soft' }],
  ]);
  expect(legendNotes(state({ shown: hidden, heat: { kind: 'tooFewWeeks', weeks: 1 } }))).toEqual([]);
});

test('counts what is refused or cannot be true, each with its own words', () => {
  const refused = (['swappedAxes', 'swappedAxes', 'tooManyPoints'] as const).map((code, at) => ({ regionId: `g${at}` as RegionId, code }));
  const wrong = state({ refused, outside: 2, loads: { ...load, nowhere: 1 } });
  expect(legendNotes(wrong).map(({ text, count }) => `${text} ${count}`)).toEqual([
    'map:legend.nowhere 1',
    'map:legend.outside 2',
    'map:outline.swappedAxes 2',
    'map:outline.tooManyPoints 1',
  ]);
});

test('land that is not there is said, and while it is still being asked for nothing is', () => {
  const texts = (pack: MapState['pack']) => legendNotes(state({ pack })).map(({ text, tone }) => [text, tone]);
  expect([texts('waiting'), texts('none'), texts('drawn')]).toEqual([[], [['map:legend.noPack', 'wrong']], []]);
});

test('a way is named while one is kept, and not because somebody is chosen', () => {
  const shown = { ...hidden, responders: true };
  const chosen = { kind: 'responder', index: 4 } as const;
  expect([signs(state({ shown, chosen })), signs(state({ shown, chosen, way: 'kept' }))]).toEqual([['fresh'], ['fresh', 'trail']]);
});

test('what the machine cannot keep up with is said in one note, each thing that is left out for itself', () => {
  const notes = (detail: MapState['detail']) => legendNotes(state({ detail })).map(({ text, parts }) => [text, parts]);
  expect(notes({ ratioShare: 1, land: 'full', ages: 'rings' })).toEqual([]);
  expect(notes({ ratioShare: 1, land: 'plain', ages: 'rings' })).toEqual([['map:eased.says', [{ text: 'map:eased.land' }]]]);
  expect(notes({ ratioShare: 0.5, land: 'plain', ages: 'none' })).toEqual([
    ['map:eased.says', [{ text: 'map:eased.land' }, { text: 'map:eased.pixels', count: 50 }, { text: 'map:eased.ages' }]],
  ]);
});

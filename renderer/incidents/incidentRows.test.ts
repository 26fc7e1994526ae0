import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadByGrid, OpenIncident } from '#contract/incidents/index.ts';
import { IncidentId, RegionId } from '#contract/values/index.ts';
import { idsOf, incidentBlocks, incidentRows, incidentsIn, moveCursor, newcomers, rowKey, usedShare } from './incidentRows.ts';

const hourMs = 3_600_000;
const nowMs = 1_000 * hourMs;

/** `leftH`: hours until it is due; `spentH`: since it was reported. */
function incident(name: string, { leftH = 10, spentH = 1, ...changed }: Partial<OpenIncident> & { leftH?: number; spentH?: number } = {}) {
  return OpenIncident.parse({
    ...{ incidentId: name, version: 1, number: name.toUpperCase(), at: [108.3, 33.3], regionId: 'g-1', townId: 't-1', villageId: 'v-1' },
    ...{ kind: 'noise', urgency: 'normal', reportedAtMs: nowMs - spentH * hourMs, dueAtMs: nowMs + leftH * hourMs },
    ...changed,
  });
}
const region = (name: string) => RegionId.parse(name);
const id = (name: string) => IncidentId.parse(name);

describe('the list of open incidents', () => {
  const late = incident('late', { leftH: -2, spentH: 5 });
  const worse = incident('worse', { leftH: -9, spentH: 12 });
  const calls = incident('calls', { urgency: 'critical', leftH: 3 });
  const nearly = incident('nearly', { leftH: 1, spentH: 9 });
  const urgent = incident('urgent', { urgency: 'urgent', leftH: 30 });
  const quiet = incident('quiet');
  const blocks = incidentBlocks([quiet, late, nearly, urgent, calls, worse], nowMs);

  test('shows what is very urgent or late first; in each block by urgency, then by the time left', () => {
    expect(incidentRows(blocks).map(rowKey)).toEqual(['critical', 'calls', 'worse', 'late', 'major', 'urgent', 'nearly', 'minor', 'quiet']);
  });

  test('has the numbers of the map: what is late or very urgent, and what will be late soon', () => {
    const load = loadByGrid([quiet, late, nearly, urgent, calls, worse], nowMs).get(region('g-1'));
    const [first, second] = blocks;
    expect([first?.incidents.length, first?.late, second?.nearlyLate, idsOf(blocks).length]).toEqual([
      3,
      load?.late,
      load?.nearlyLate,
      load?.open,
    ]);
    expect(load).toEqual({ open: 6, late: 2, nearlyLate: 1, critical: 1 });
  });

  test('among equals the one that came first comes first', () => {
    const dueAtMs = nowMs + hourMs * 50;
    const [younger, older] = [incident('a', { spentH: 1, dueAtMs }), incident('b', { spentH: 2, dueAtMs })];
    expect(idsOf(incidentBlocks([younger, older], nowMs))).toEqual(['b', 'a']);
  });

  test('is the same whatever the order in which they were told', () => {
    const all = Array.from({ length: 30 }, (_, at) =>
      incident(`i-${at}`, {
        leftH: ((at * 7) % 13) - 3,
        spentH: 1 + (at % 5),
        urgency: at % 3 === 0 ? 'critical' : at % 3 === 1 ? 'urgent' : 'normal',
      }),
    );
    const wanted = idsOf(incidentBlocks(all, nowMs));
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
        expect(idsOf(incidentBlocks(shuffled, nowMs))).toEqual(wanted);
      }),
      { seed: 7, numRuns: 50 },
    );
  });

  test('holds what lies in the region that the map has gone into; the whole territory also holds what lies in no known grid', () => {
    const parents = new Map([
      [region('g-1'), region('v-1')],
      [region('v-1'), region('t-1')],
      [region('t-1'), region('c')],
      [region('g-2'), region('c')],
    ]);
    const all = [incident('here'), incident('there', { regionId: region('g-2') }), incident('lost', { regionId: region('nobody-knows') })];
    const of = (regionId: RegionId | null) => incidentsIn(all, { regionId, parents }).map(({ incidentId }) => incidentId);
    expect([of(null), of(region('c')), of(region('t-1')), of(region('g-2'))]).toEqual([
      ['here', 'there', 'lost'],
      ['here', 'there'],
      ['here'],
      ['there'],
    ]);
  });

  test('while it is held still, what came in the meantime is counted, and what is gone is no newcomer', () => {
    const live = incidentBlocks([quiet, incident('new', { urgency: 'critical' })], nowMs);
    expect(newcomers(blocks, live).map(({ incidentId }) => incidentId)).toEqual(['new']);
    expect(newcomers(blocks, blocks)).toEqual([]);
  });
});

test('keys bring the cursor up and down, by pages and to the ends, and never out of the list', () => {
  const ids = ['a', 'b', 'c', 'd', 'e'].map(id);
  const go = (cursor: string | null, key: string) => moveCursor(ids, { cursor: cursor === null ? null : id(cursor), key, page: 3 });
  expect([go(null, 'ArrowDown'), go('a', 'ArrowDown'), go('a', 'ArrowUp'), go('e', 'ArrowDown')]).toEqual(['a', 'b', 'a', 'e']);
  expect([go('a', 'PageDown'), go('e', 'PageUp'), go('c', 'Home'), go('c', 'End'), go('c', 'x')]).toEqual(['d', 'b', 'a', 'e', null]);
  expect(moveCursor([], { cursor: null, key: 'ArrowDown', page: 3 })).toBeNull();
});

test('the time that has gone is a share of what there was, and whole when it is over or there was none', () => {
  const share = (leftH: number, spentH: number) => usedShare(incident('i', { leftH, spentH }), nowMs);
  expect([share(3, 1), share(-1, 4), share(10, 0), usedShare({ reportedAtMs: nowMs, dueAtMs: nowMs }, nowMs)]).toEqual([0.25, 1, 0, 1]);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IncidentId, RegionId, ResponderId } from '#contract/values/index.ts';
import { loadByGrid, timelinessOf } from './load.ts';
import {
  type Assignment,
  closingOf,
  dispatchingOf,
  evolveIncidents,
  evolveIncidentsAll,
  type IncidentFact,
  type IncidentsState,
  OpenIncident,
} from './rules.ts';

const minuteMs = 60_000;
function incident(number: number, changed: Partial<OpenIncident> = {}): OpenIncident {
  return OpenIncident.parse({
    ...{ incidentId: `i-${number}`, version: 1, number: `AL-20261122-${String(number).padStart(4, '0')}`, at: [108.3, 33.3] },
    ...{ regionId: 'g-1', townId: 't-1', villageId: 'v-1', kind: 'landslide', urgency: 'normal' },
    ...{ reportedAtMs: 1_000_000, dueAtMs: 1_000_000 + 100 * minuteMs },
    ...changed,
  });
}
const reported = (payload: OpenIncident): IncidentFact => ({ type: 'incidents.reported', atMs: 5, payload });
const closed = (of: OpenIncident): IncidentFact => ({ ...closingOf(of), atMs: 6 }) as IncidentFact;
const dispatched = (of: OpenIncident, to: Assignment): IncidentFact => ({ ...dispatchingOf(of, to), atMs: 6 }) as IncidentFact;
const sent = (name: string, role: Assignment['role'] = 'lead'): Assignment => ({ responderId: ResponderId.parse(name), role });
const openOf = (state: IncidentsState) => [...state.keys()];

describe('incidents that are open', () => {
  test('an incident is open from its report until it is closed', () => {
    const state = evolveIncidentsAll(new Map(), [reported(incident(1)), reported(incident(2)), closed(incident(1))]);
    expect(state).toEqual(new Map([[IncidentId.parse('i-2'), incident(2)]]));
  });

  test('what is told twice, as by two feeds, changes nothing', () => {
    const once = evolveIncidents(new Map(), reported(incident(1)));
    expect(evolveIncidents(once, reported(incident(1)))).toBe(once);
    const over = evolveIncidents(once, closed(incident(1)));
    expect(evolveIncidents(over, closed(incident(1)))).toBe(over);
  });

  test('who is sent stands in the incident until it is closed: one lead, the newest, and those who assist', () => {
    let state: IncidentsState = new Map([[IncidentId.parse('i-1'), incident(1)]]);
    const now = () => state.get(IncidentId.parse('i-1'));
    for (const to of [sent('r-1'), sent('r-2', 'assist'), sent('r-3'), sent('r-2')]) state = evolveIncidents(state, dispatched(now()!, to));
    expect([now()?.assignments, now()?.version]).toEqual([[sent('r-2')], 5]);
    state = evolveIncidents(state, dispatched(now()!, sent('r-4', 'assist')));
    expect([now()?.assignments, dispatchingOf(now()!, sent('r-4', 'assist'))]).toEqual([[sent('r-2'), sent('r-4', 'assist')], null]);
    expect(evolveIncidents(state, closed(now()!)).size).toBe(0);
  });

  test('somebody sent to what is closed, or to what nobody told of, changes nothing', () => {
    const state: IncidentsState = new Map();
    expect(evolveIncidents(state, dispatched(incident(1), sent('r-1')))).toBe(state);
  });

  test('no more than twenty are sent to one incident', () => {
    const assignments = Array.from({ length: 20 }, (_, index) => sent(`r-${index}`, index === 0 ? 'lead' : 'assist'));
    expect(dispatchingOf(incident(1, { assignments }), sent('r-99', 'assist'))).toBe(null);
  });

  test('folding many at once is folding one by one', () => {
    const fact = fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.boolean())
      .map(([number, isClosed]) => (isClosed ? closed : reported)(incident(number)));
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 30 }), (facts) => {
        const oneByOne = facts.reduce<IncidentsState>(evolveIncidents, new Map());
        expect(openOf(evolveIncidentsAll(new Map(), facts))).toEqual(openOf(oneByOne));
      }),
      { seed: 7 },
    );
  });
});

describe('the load of a grid', () => {
  test('an incident is nearly late from four fifths of its time on, and late when it is over', () => {
    const at = (minutes: number) => timelinessOf(incident(1), 1_000_000 + minutes * minuteMs);
    expect([at(0), at(79), at(80), at(99), at(100), at(900)]).toEqual(['onTime', 'onTime', 'nearlyLate', 'nearlyLate', 'late', 'late']);
  });

  test('counts what lies in it, and of these the late, the nearly late and the critical ones', () => {
    const late = { dueAtMs: 1_000_000 + 10 * minuteMs };
    const there = [incident(1), incident(2, late), incident(3, { urgency: 'critical' }), incident(4, { regionId: RegionId.parse('g-2') })];
    const nearly = incident(5, { dueAtMs: 1_000_000 + 24 * minuteMs });
    expect(loadByGrid([...there, nearly], 1_000_000 + 20 * minuteMs)).toEqual(
      new Map([
        ['g-1', { open: 4, late: 1, nearlyLate: 1, critical: 1 }],
        ['g-2', { open: 1, late: 0, nearlyLate: 0, critical: 0 }],
      ]),
    );
  });
});

test('an incident names no person and nothing else than it says', () => {
  expect(OpenIncident.safeParse({ ...incident(1), reporter: '王某' }).success).toBe(false);
  expect(OpenIncident.safeParse({ ...incident(1), at: [33.3, 108.3] }).success).toBe(false);
});

import { expect, test } from 'vitest';
import {
  closingOf,
  dispatchingOf,
  evolveIncidents,
  type IncidentFact,
  type IncidentsState,
  loadByGrid,
  timelinessOf,
} from '#contract/incidents/index.ts';
import { granted, type RegionId } from '#contract/values/index.ts';
import { seededRandomness } from '#platform/demo/randomness.ts';
import { type Directory, generateDemoCounty } from '#platform/directory/index.ts';
import { createHandPorts } from '../../record/testing/handPorts.ts';
import type { IncidentIntake } from '../intake.ts';
import { startDemoIncidents } from './index.ts';

const demo = generateDemoCounty();
const regions = new Map(demo.regions.map((region) => [region.id, region]));

function demoDirectory(): Directory {
  const path = (id: RegionId): RegionId[] => [id, ...(regions.get(id)?.parentId ? path(regions.get(id)!.parentId!) : [])];
  const rows = (kind: 'regions' | 'cameras' | 'responders') => demo[kind];
  return { rows, regionPath: path, region: (id: RegionId) => regions.get(id) ?? null } as unknown as Directory;
}

/** The intake in memory: the contract's own fold, without a record. */
function createIntake(before: IncidentsState = new Map()) {
  let state = before;
  const told: IncidentFact[] = [];
  const tell = async (fact: IncidentFact) => {
    told.push(fact);
    state = evolveIncidents(state, fact);
    return granted(1);
  };
  const intake: IncidentIntake = {
    open: () => state,
    report: (payload) => tell({ type: 'incidents.reported', atMs: 0, payload }),
    dispatch: async (incidentId, assignment) => {
      const known = state.get(incidentId);
      const fact = known === undefined ? null : dispatchingOf(known, assignment);
      return fact === null ? granted(0) : await tell({ ...fact, atMs: 0 } as IncidentFact);
    },
    close: async (incidentId) => {
      const known = state.get(incidentId);
      return known === undefined ? granted(0) : await tell({ ...closingOf(known), atMs: 0 } as IncidentFact);
    },
  };
  return { intake, told, state: () => state };
}

/** Lets the demo go on; each step is awaited, because it writes. */
async function letGo({ hours, before, seed = 1 }: { hours: number; before?: IncidentsState; seed?: number }) {
  const { clock, timers, advanceMs } = createHandPorts();
  const kept = createIntake(before);
  const demoIncidents = startDemoIncidents({
    ...{ directory: demoDirectory(), intake: kept.intake, clock, timers },
    random: seededRandomness({ seed, label: 'm' }),
  });
  const settle = async () => {
    for (let turn = 0; turn < 400; turn += 1) await Promise.resolve();
  };
  await settle();
  for (let minute = 0; minute < hours * 60; minute += 1) {
    advanceMs(60_000);
    await settle();
  }
  demoIncidents.close();
  return { ...kept, nowMs: clock.nowMs() };
}

test('a demo begins with as many matters open as a county has, one of them new; a few grids have many, most have none', async () => {
  const { state, nowMs } = await letGo({ hours: 0 });
  const open = [...state().values()];
  const loads = [...loadByGrid(open, nowMs).values()].map((load) => load.open).toSorted((a, b) => b - a);
  expect([open.length, open.filter(({ reportedAtMs }) => reportedAtMs === nowMs).length, loads[0]! >= 3, loads.length < 60]).toEqual([
    47,
    1,
    true,
    true,
  ]);
  expect(open.filter((incident) => timelinessOf(incident, nowMs) === 'nearlyLate').length).toBeGreaterThan(2);
});

test('over a day between 50 and 400 come up, as many are closed, and few are late at any time', async () => {
  const { state, told, nowMs } = await letGo({ hours: 24 });
  const reports = told.filter(({ type }) => type === 'incidents.reported').length - 47;
  const open = [...state().values()];
  const late = open.filter((incident) => timelinessOf(incident, nowMs) === 'late').length;
  expect([reports > 50, reports < 400, open.length > 38, open.length < 56, late <= 4]).toEqual([true, true, true, true, true]);
});

test('each lies in a grid of the county, in its village and town, where people pass', async () => {
  const open = [...(await letGo({ hours: 0 })).state().values()];
  const levels = open.map(({ regionId, villageId, townId }) => [regionId, villageId, townId].map((id) => regions.get(id!)?.level));
  expect(levels).toEqual(open.map(() => ['grid', 'village', 'town']));
  const spots = new Set([...demo.cameras.map(({ location }) => location?.join()), ...demo.regions.map(({ center }) => center.join())]);
  expect(open.filter(({ at }) => !spots.has(at.join()))).toEqual([]);
});

test('most of what is open has one of its own village or town on it, each on one matter alone; what came last waits', async () => {
  const open = [...(await letGo({ hours: 12 })).state().values()].toSorted((a, b) => a.reportedAtMs - b.reportedAtMs);
  const sent = open.filter(({ assignments = [] }) => assignments.length > 0);
  const people = new Map(demo.responders.map(({ id, regionId }) => [id, demoDirectory().regionPath(regionId)]));
  const leads = sent.map(({ assignments = [], townId }) => ({ ...assignments[0], townId, path: people.get(assignments[0]!.responderId) }));
  expect([sent.length / open.length > 0.6, sent.length < open.length, open.at(-1)?.assignments]).toEqual([true, true, undefined]);
  expect(leads.filter(({ role, townId, path }) => role !== 'lead' || !path?.includes(townId!))).toEqual([]);
  expect(new Set(leads.map(({ responderId }) => responderId)).size).toBe(sent.length);
});

test('a record that has open matters goes on with them', async () => {
  const first = (await letGo({ hours: 0 })).state();
  const { told } = await letGo({ hours: 0, before: first, seed: 2 });
  expect(told).toEqual([]);
});

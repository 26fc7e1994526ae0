import { expect, test } from 'vitest';
import { createPositionColumns, countReporting, setPosition } from '#contract/responders/index.ts';
import type { LngLat, RegionId } from '#contract/values/index.ts';
import { seededRandomness } from '#platform/demo/randomness.ts';
import { type Directory, generateDemoCounty } from '#platform/directory/index.ts';
import { createHandPorts } from '../../record/testing/handPorts.ts';
import type { PositionReport } from '../index.ts';
import { startDemoResponders } from './index.ts';

const demo = generateDemoCounty();
const regions = new Map(demo.regions.map((region) => [region.id, region]));

function demoDirectory(): Directory {
  const path = (id: RegionId): RegionId[] => [id, ...(regions.get(id)?.parentId ? path(regions.get(id)!.parentId!) : [])];
  const rows = (kind: 'regions' | 'cameras' | 'responders') => demo[kind];
  return { revision: () => 1, rows, regionPath: path, region: (id: RegionId) => regions.get(id) ?? null } as unknown as Directory;
}

/** Lets the demo's people go for a while; their reports by second. */
type Goals = NonNullable<Parameters<typeof startDemoResponders>[0]['goals']>;
function letGo({ seconds, seed = 1, goals = () => new Map() }: { seconds: number; seed?: number; goals?: Goals }) {
  const { clock, timers, advanceMs } = createHandPorts();
  const batches: (readonly PositionReport[])[] = [];
  const report = (batch: readonly PositionReport[]) => void batches.push(batch);
  const random = seededRandomness({ seed, label: 'positions' });
  const { close } = startDemoResponders({ directory: demoDirectory(), report, goals: () => goals(), clock, timers, random });
  advanceMs(seconds * 1_000);
  close();
  return { batches, nowMs: clock.nowMs() };
}

const metres = (a: PositionReport, b: PositionReport) =>
  Math.hypot((b.lng - a.lng) * Math.cos((a.lat * Math.PI) / 180), b.lat - a.lat) * 111_320;

test('the demo moves everybody of the county, no faster than a motorcycle, and near the own village', () => {
  const { batches } = letGo({ seconds: 900 });
  const tracks = Map.groupBy(batches.flat(), ({ responderId }) => responderId);
  const speeds = [...tracks.values()].flatMap((track) =>
    track
      .slice(1)
      .map((report, index) => (metres(track[index]!, report) / Math.max(1, report.measuredAtMs - track[index]!.measuredAtMs)) * 3_600),
  );
  const walked = [...tracks.values()].filter((track) => metres(track[0]!, track.at(-1)!) > 20);
  expect([tracks.size, Math.max(...speeds) <= 35.5, walked.length > 250]).toEqual([388, true, true]);
  const farthest = demo.responders.map(({ id, regionId }) => {
    const [lng, lat] = regions.get(regionId)!.center;
    const home = { lng, lat } as PositionReport;
    return Math.max(...tracks.get(id)!.map((report) => metres(home, report)));
  });
  expect(Math.max(...farthest)).toBeLessThan(12_000);
});

test('whoever is sent goes there and stays while the matter is open, and goes his own ways again after it', () => {
  const { id, regionId } = demo.responders[0]!;
  const [lng, lat] = regions.get(regionId)!.center;
  let asked = 0;
  // A kilometre to the east, for an hour and a half of two.
  const place = [lng + 1_000 / (111_320 * Math.cos((lat * Math.PI) / 180)), lat] as unknown as LngLat;
  const goals = () => {
    asked += 1;
    return new Map(asked < 5_400 ? [[id, place] as const] : []);
  };
  const { batches } = letGo({ seconds: 7_200, goals });
  const away = batches
    .flat()
    .flatMap((report) => (report.responderId === id ? [metres({ ...report, lng: place[0], lat: place[1] }, report)] : []));
  const arrived = away.findIndex((distance) => distance < 1);
  const left = away.findIndex((distance, index) => index > arrived && distance > 20);
  expect([away[0]! > 500, arrived > 0, left > arrived + 20]).toEqual([true, true, true]);
  expect(away.slice(arrived, left - 1).filter((distance) => distance > 20)).toEqual([]);
});

test('in the demo some are silent from the start, and about one of twenty after an hour', () => {
  const countAfter = (seconds: number) => {
    const { batches, nowMs } = letGo({ seconds });
    const columns = createPositionColumns({ size: 388, directoryRevision: 1 });
    for (const { responderId, ...place } of batches.flat()) {
      setPosition(columns, Number(responderId.slice(4)) - 1, { ...place, status: 0 });
    }
    return countReporting(columns, nowMs);
  };
  const [first, later] = [countAfter(5), countAfter(3_600)];
  expect([first.reporting + first.stale, later.reporting + later.stale]).toEqual([388, 388]);
  expect([first.stale > 5, first.stale < 40, later.stale > 5, later.stale < 40]).toEqual([true, true, true, true]);
});

test('a demo of the same seed begins alike everywhere', () => {
  expect(letGo({ seconds: 30 }).batches).toEqual(letGo({ seconds: 30 }).batches);
  expect(letGo({ seconds: 30 }).batches).not.toEqual(letGo({ seconds: 30, seed: 2 }).batches);
});

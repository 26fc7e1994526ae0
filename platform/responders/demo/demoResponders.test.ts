import { expect, test } from 'vitest';
import { createPositionColumns, countReporting, setPosition } from '#contract/responders/index.ts';
import type { RegionId } from '#contract/values/index.ts';
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
function letGo({ seconds, seed = 1 }: { seconds: number; seed?: number }) {
  const { clock, timers, advanceMs } = createHandPorts();
  const batches: (readonly PositionReport[])[] = [];
  const report = (batch: readonly PositionReport[]) => void batches.push(batch);
  const random = seededRandomness({ seed, label: 'positions' });
  const { close } = startDemoResponders({ directory: demoDirectory(), report, clock, timers, random });
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

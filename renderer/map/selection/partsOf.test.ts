import { expect, test } from 'vitest';
import type { OpenIncident } from '#contract/incidents/index.ts';
import { createPositionColumns, setPosition } from '#contract/responders/index.ts';
import type { CameraId, IncidentId, RegionId } from '#contract/values/index.ts';
import { partsOf } from './partsOf.ts';

test('every count is told in parts that add up to it', () => {
  const positions = createPositionColumns({ size: 4, directoryRevision: 1 });
  const nowMs = 1_000_000;
  const place = { lng: 108, lat: 33, headingDeg: 0 };
  // Available, on the way, unavailable, and one of whom nobody has heard for two minutes.
  [0, 2, 5, 0].forEach((status, index) =>
    setPosition(positions, index, { ...place, status, measuredAtMs: nowMs - (index === 3 ? 120_000 : 0) }),
  );
  const incident = (id: string, dueAtMs: number) =>
    [id, { incidentId: id, regionId: 'g-1', reportedAtMs: 0, dueAtMs } as unknown as OpenIncident] as const;
  const contents = {
    cameras: ['a', 'b', 'c'] as CameraId[],
    responders: [0, 1, 2, 3],
    centers: [],
    incidents: ['late', 'soon', 'calm'] as IncidentId[],
    grids: ['g-1', 'g-2'] as RegionId[],
  };
  const parts = partsOf(contents, {
    isConnected: (id) => id === 'a',
    incidents: new Map([incident('late', nowMs - 1), incident('soon', nowMs + 1), incident('calm', nowMs * 9)]),
    ...{ positions, nowMs },
  });
  expect(parts).toEqual({
    cameras: { connected: 1, unconnected: 2 },
    responders: { available: 1, busy: 1, off: 1, stale: 1 },
    incidents: { late: 1, nearlyLate: 1, onTime: 1 },
    grids: { open: 1, quiet: 1 },
  });
  const sums = Object.entries(parts).map(([kind, counts]) => [kind, Object.values(counts).reduce((sum, count) => sum + count, 0)]);
  expect(Object.fromEntries(sums)).toEqual({ cameras: 3, responders: 4, incidents: 3, grids: 2 });
});

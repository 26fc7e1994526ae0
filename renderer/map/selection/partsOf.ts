import { type OpenIncident, timelinessOf } from '#contract/incidents/index.ts';
import { isStale, type PositionColumns, responderStatusOf } from '#contract/responders/index.ts';
import type { CameraId, RegionId } from '#contract/values/index.ts';
import type { SelectionContents } from './contentsOf.ts';

/** What is known of the selected things besides where they are. */
export type PartsKnown = {
  readonly isConnected: (cameraId: CameraId) => boolean;
  readonly incidents: ReadonlyMap<string, OpenIncident>;
  readonly positions: PositionColumns;
  readonly nowMs: number;
};

/** What each count is made of; the parts of a kind add up to it. */
export function partsOf(
  { cameras, responders, incidents, grids }: SelectionContents,
  { isConnected, positions, nowMs, ...known }: PartsKnown,
) {
  const connected = cameras.filter(isConnected).length;
  const open = incidents.flatMap((id) => known.incidents.get(id) ?? []);
  const busy = new Set<RegionId>(Array.from(known.incidents.values(), ({ regionId }) => regionId));
  const parts = {
    cameras: { connected, unconnected: cameras.length - connected },
    responders: { available: 0, busy: 0, off: 0, stale: 0 },
    incidents: { late: 0, nearlyLate: 0, onTime: 0 },
    grids: { open: grids.filter((id) => busy.has(id)).length, quiet: grids.filter((id) => !busy.has(id)).length },
  };
  for (const incident of open) parts.incidents[timelinessOf(incident, nowMs)] += 1;
  for (const index of responders) parts.responders[standingOf(index, { positions, nowMs })] += 1;
  return parts;
}

function standingOf(index: number, { positions, nowMs }: Pick<PartsKnown, 'positions' | 'nowMs'>) {
  if (isStale({ measuredAtMs: positions.measuredAtMs[index] ?? 0, nowMs })) return 'stale';
  const status = responderStatusOf(positions.status[index] ?? 0);
  if (status === 'available') return 'available';
  return status === null || status === 'unavailable' ? 'off' : 'busy';
}

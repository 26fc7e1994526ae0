import { type IncidentsState, type LoadHistory, loadByGrid, type OpenIncident } from '#contract/incidents/index.ts';
import type { RegionId } from '#contract/values/index.ts';
import type { StoreApi } from 'zustand/vanilla';
import type { DirectoryCopy } from '../directory/index.ts';
import type { RoomAccess } from '../room/index.ts';
import type { MapEngine } from './engine/index.ts';
import { heatFrom, heatOf, reportingFrom } from './heat.ts';
import { incidentMarks } from './incidentMarks.ts';
import { loadsOf, type OwnLoad } from './loads.ts';
import type { MapState } from './mapState.ts';

type Told = {
  readonly room: Pick<RoomAccess, 'store' | 'platformNow'>;
  readonly store: StoreApi<MapState>;
  readonly engine: MapEngine;
  readonly copy: DirectoryCopy | null;
  readonly history: LoadHistory | null;
};

/** Tells the engine what is open where, and the legend what of it the drawn areas say. */
export function tellLoads({ engine, copy, history, room, store }: Told): void {
  if (copy === null) return;
  const nowMs = room.platformNow();
  const open = room.store.getState()?.incidents ?? (new Map() satisfies IncidentsState);
  const tree = { parents: copy.tree.parents, regions: [...copy.regions.keys()] };
  const grids = tree.regions.filter((regionId) => copy.regions.get(regionId)?.level === 'grid');
  const loads = loadsOf({ ...tree, own: ownLoads(open.values(), nowMs), reporting: reportingFrom(history, grids) });
  engine.setMarks('incidents', incidentMarks(open.values(), nowMs));
  engine.setHeat(heatOf({ ...tree, history, openNow: loads }));
  engine.setLoads(loads);
  const { level } = store.getState();
  const sum = { open: 0, nearlyLate: 0, late: 0, silent: 0 };
  for (const [regionId, load] of loads) {
    if (copy.regions.get(regionId)?.level !== level) continue;
    sum.open += load.open;
    sum.nearlyLate += load.nearlyLate;
    sum.late += load.late;
    if (load.report === 'silent') sum.silent += 1;
  }
  const nowhere = [...open.values()].filter(({ regionId }) => !copy.regions.has(regionId)).length;
  store.setState({ loads: { ...sum, nowhere }, loadsAtMs: nowMs, heat: heatFrom(history) });
}

/** What is urgent counts with what is late: both are to be seen first. */
function ownLoads(incidents: Iterable<OpenIncident>, nowMs: number): ReadonlyMap<RegionId, OwnLoad> {
  const first = [...incidents].map((incident) => (incident.urgency === 'critical' ? { ...incident, dueAtMs: 0 } : incident));
  return loadByGrid(first, nowMs);
}

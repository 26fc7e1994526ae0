import { votesNear } from '#contract/map/index.ts';
import type { CameraId, LngLat } from '#contract/values/index.ts';
import { openLand } from '../land/openLand.ts';
import type { MapDesk, MapDeskPorts } from '../mapDesk.ts';
import { middleOfArea } from '../selection/index.ts';
import { createLandAccess } from './landAccess.ts';
import { createMapAdvice, type MapAdvice } from './mapAdvice.ts';

/** Advice about whatever is chosen on a window's map: the middle of the selected area, else the incident that is looked at. */
export function adviseDesk(
  ports: MapDeskPorts,
  { store, selection, placeOf }: Pick<MapDesk, 'store' | 'selection' | 'placeOf'>,
): MapAdvice {
  const { room, timers } = ports;
  const copy = () => ports.directory().getState();
  const known = () => room.store.getState();
  const advice = createMapAdvice({
    timers,
    land: createLandAccess({ pack: () => known()?.mapPack, open: openLand }),
    nowMs: room.platformNow,
    positions: () => ports.positions().columns(),
    cameras: () => [...(copy()?.cameras.values() ?? [])].filter(({ streams }) => streams.length > 0),
    isLost: (id) => known()?.cameras.get(id)?.source.kind === 'lost',
    votesAt: (at) => votesNear(known()?.cameraVotes ?? [], at),
  });
  const follow = () => {
    const { area, contents } = selection.store.getState();
    const { chosen } = store.getState();
    if (area === null) {
      const at = chosen?.kind === 'incident' ? placeOf(chosen) : null;
      return advice.follow(at === null ? null : { at, among: null });
    }
    const at = middleOfArea(area, ({ regionId }) => copy()?.regions.get(regionId)?.center ?? null);
    // Its cameras come a moment after the area itself.
    if (at === null || contents === null) return;
    advice.follow(asked({ at, among: contents.cameras }));
  };
  let last: { readonly among: readonly CameraId[]; readonly set: ReadonlySet<CameraId> } = { among: [], set: new Set() };
  const asked = ({ at, among }: { at: LngLat; among: readonly CameraId[] }) => {
    if (last.among !== among) last = { among, set: new Set(among) };
    return { at, among: last.set };
  };
  selection.store.subscribe(follow);
  store.subscribe((now, before) => now.chosen !== before.chosen && follow());
  room.store.subscribe((now, before) => {
    if (now?.cameraVotes !== before?.cameraVotes || now?.cameras !== before?.cameras) advice.again();
  });
  return advice;
}

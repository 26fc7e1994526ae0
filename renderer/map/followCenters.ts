import type { Center } from '#contract/directory/index.ts';
import type { MapRowsStore } from '../directory/index.ts';
import type { MapEngine, PointMark } from './engine/index.ts';

const sizesPx = { county: 9, town: 7, village: 5 } as const;
// Farther away eighty houses hide the land and say nothing that their towns do not.
const villagesFromZoom = 11.5;

/** The centers that are drawn at this zoom: those of county and towns always, of the villages when one is near. */
export function centerMarks({ centers, zoom }: { centers: readonly Center[]; zoom: number }): readonly PointMark[] {
  const drawn = zoom >= villagesFromZoom ? centers : centers.filter(({ level }) => level !== 'village');
  return drawn.map(({ id, location: [lng, lat], level }) => ({
    ...{ id, place: [lng, lat], shape: 'house', tone: 'quiet', sizePx: sizesPx[level] },
  }));
}

/** Keeps them drawn as one comes nearer and goes away. `tell` after the centers changed. */
export function followCenters({ engine, rows }: { engine: Pick<MapEngine, 'setMarks' | 'view' | 'onView'>; rows: MapRowsStore }): {
  readonly tell: () => void;
  readonly stop: () => void;
} {
  let isNear = false;
  const tell = () => {
    const { zoom } = engine.view();
    isNear = zoom >= villagesFromZoom;
    engine.setMarks('centers', centerMarks({ centers: rows.getState()?.centers ?? [], zoom }));
  };
  const stop = engine.onView(() => {
    if (engine.view().zoom >= villagesFromZoom !== isNear) tell();
  });
  return { tell, stop };
}

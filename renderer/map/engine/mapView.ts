import type { Map as LibreMap } from 'maplibre-gl';

/** Where the viewer stands; pitch and bearing in degrees. */
export type MapView = {
  readonly center: readonly [number, number];
  readonly zoom: number;
  readonly pitch: number;
  readonly bearing: number;
};

/** West, south, east, north in degrees. */
export type Bounds = readonly [number, number, number, number];

// Nearer than this there is nothing more to see.
const nearestZoom = 16;
const flightMs = 600;

export function viewOf(map: LibreMap): MapView {
  const { lng, lat } = map.getCenter();
  return { center: [lng, lat], zoom: map.getZoom(), pitch: map.getPitch(), bearing: map.getBearing() };
}

export function boundsOf(map: LibreMap): Bounds {
  const bounds = map.getBounds();
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
}

/** Goes where all of this is seen, in the direction in which one looks now. */
export function lookAt(map: LibreMap, { bounds: [west, south, east, north], how }: { bounds: Bounds; how: 'fly' | 'jump' }): void {
  const to = map.cameraForBounds([west, south, east, north], { padding: 40, bearing: map.getBearing(), maxZoom: nearestZoom });
  if (to === undefined) return;
  const { center, zoom } = to;
  const where = { ...(center === undefined ? {} : { center }), zoom: zoom ?? map.getZoom() };
  if (how === 'jump') map.jumpTo(where);
  else map.easeTo({ ...where, duration: flightMs });
}

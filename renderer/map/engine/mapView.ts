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
// Zoom levels that looking along the ground would give; found by eye on counties of several shapes.
const roomWhenAslant = 0.8;

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
  const to = map.cameraForBounds([west, south, east, north], { padding: 24, bearing: map.getBearing(), maxZoom: nearestZoom });
  if (to === undefined) return;
  const { center, zoom } = to;
  // The bounds are fitted as seen from above; seen aslant, the far side is smaller and there is room left.
  const nearer = (map.getPitch() / 90) * roomWhenAslant;
  const where = { ...(center === undefined ? {} : { center }), zoom: (zoom ?? map.getZoom()) + nearer };
  if (how === 'jump') map.jumpTo(where);
  else map.easeTo({ ...where, duration: flightMs });
}

// About the time between two looks of a map that is being moved (followConsole).
const glideMs = 120;

/** Goes with each event of a move that another map said, so that it is not said again. */
const told = { isTold: true } as const;

/** Whether a map moves because another one said so. */
export function isToldMove(event: object): boolean {
  return 'isTold' in event && event.isTold === true;
}

/** Looks from there, in the element as it is. */
export function setView(map: LibreMap, { view: { center, zoom, pitch, bearing }, how }: { view: MapView; how: 'glide' | 'jump' }): void {
  const [lng, lat] = center;
  const to = { center: { lng, lat }, zoom, pitch, bearing };
  if (how === 'jump') map.jumpTo(to, told);
  else map.easeTo({ ...to, duration: glideMs, easing: (share) => share }, told);
}

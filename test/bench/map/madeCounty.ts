import { createPositionColumns, encodeWhole, type PositionColumns, setPosition } from '#contract/responders/index.ts';
import type { CameraId, RegionId } from '#contract/values/index.ts';
import type { AreaOutline, PlacedCamera } from '#renderer/map/index.ts';
import type { GridRow } from './sides.ts';

/** A county of so many hexagons, cameras and responders, the same for the same seed. */
export type MadeCounty = {
  readonly grids: readonly AreaOutline[];
  readonly cameras: readonly PlacedCamera[];
  readonly responders: PositionColumns;
  readonly center: readonly [number, number];
  readonly bounds: readonly [number, number, number, number];
  readonly random: () => number;
};

/** When the made county's time begins, epoch ms. */
export const zeroMs = 1_795_000_000_000;

const center = [108.3, 33.3] as const;
const kilometer = { lng: 1 / 93.2, lat: 1 / 110.9 };
const cornersPerSide = 6;

/** A small seeded generator (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Grids of about 1.6 km across in rows; outlines have 36 points, like surveyed ones after thinning. */
export function makeCounty({ grids, cameras, responders }: { grids: number; cameras: number; responders: number }): MadeCounty {
  const random = seeded(7);
  const columns = Math.ceil(Math.sqrt(grids * 1.4));
  const rows = Math.ceil(grids / columns);
  const [dx, dy] = [1.6 * kilometer.lng, 1.4 * kilometer.lat];
  const placeOf = (index: number) => {
    const [column, row] = [index % columns, Math.floor(index / columns)];
    return [center[0] + (column - columns / 2 + (row % 2) / 2) * dx, center[1] + (row - rows / 2) * dy] as const;
  };
  const bounds = [
    center[0] - (columns / 2 + 1) * dx,
    center[1] - (rows / 2 + 1) * dy,
    center[0] + (columns / 2 + 1) * dx,
    center[1] + (rows / 2 + 1) * dy,
  ] as const;
  const anywhere = () => [bounds[0] + random() * (bounds[2] - bounds[0]), bounds[1] + random() * (bounds[3] - bounds[1])] as const;
  const made = createPositionColumns({ size: responders, directoryRevision: 1 });
  for (let index = 0; index < responders; index += 1) {
    const [lng, lat] = anywhere();
    setPosition(made, index, { measuredAtMs: zeroMs, lng, lat, headingDeg: Math.floor(random() * 360), status: index % 6 });
  }
  return {
    grids: Array.from({ length: grids }, (_, index) => ({ regionId: `g${index}` as RegionId, rings: [hexagon(placeOf(index))] })),
    cameras: Array.from({ length: cameras }, (_, index) => ({
      id: `c${index}` as CameraId,
      location: [...anywhere()] as [number, number],
      azimuthDeg: Math.floor(random() * 360),
      fieldOfViewDeg: 70,
      rangeM: 120,
    })),
    responders: made,
    ...{ center, bounds, random },
  };
}

/** What is open at first: a third of the grids are quiet. */
export function firstLoads({ grids }: MadeCounty, turn = 0): GridRow[] {
  return grids.map(({ regionId }, index) => {
    const open = (index + turn) % 3 === 0 ? 0 : (index + turn) % 11;
    return { id: regionId, open, late: open > 0 && (index + turn) % 41 === 2 ? 1 : 0 };
  });
}

function hexagon([lng, lat]: readonly [number, number]): (readonly [number, number])[] {
  const corner = (at: number): readonly [number, number] => {
    const angle = Math.PI / 6 + (at * Math.PI) / 3;
    return [lng + Math.cos(angle) * 0.92 * kilometer.lng, lat + Math.sin(angle) * 0.92 * kilometer.lat];
  };
  const ring: (readonly [number, number])[] = [];
  for (let side = 0; side < 6; side += 1) {
    const [from, to] = [corner(side), corner(side + 1)];
    for (let step = 0; step < cornersPerSide; step += 1) {
      const share = step / cornersPerSide;
      ring.push([from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]);
    }
  }
  ring.push(ring[0] as readonly [number, number]);
  return ring;
}

/** Everybody walks a little, as one second of a county does. */
export function walk({ responders, random }: MadeCounty, tick: number): void {
  const { lngLat, measuredAtMs, headingDeg } = responders;
  for (let index = 0; index < measuredAtMs.length; index += 1) {
    lngLat[index * 2] = (lngLat[index * 2] ?? 0) + (random() - 0.5) * 0.002;
    lngLat[index * 2 + 1] = (lngLat[index * 2 + 1] ?? 0) + (random() - 0.5) * 0.002;
    measuredAtMs[index] = zeroMs + tick * 1000;
    headingDeg[index] = ((headingDeg[index] ?? 0) + 5) % 360;
  }
}

/** The whole county's positions as they come over the wire. */
export function framesOf(responders: PositionColumns, tick: number): readonly Uint8Array[] {
  return encodeWhole(responders, { atMs: zeroMs + tick * 1000 });
}

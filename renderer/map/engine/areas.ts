import { isEnclosed, metresPerDegree } from '#contract/map/index.ts';
import type { RegionId } from '#contract/values/index.ts';
import { type AreaStates, createAreaStates } from './areaStates.ts';
import { checkOutline, type OutlineRefusal, type Rings } from './outline.ts';

/** One region with its outline. */
export type AreaOutline = { readonly regionId: RegionId; readonly rings: Rings };

/** What is open in one region, everything below it included. `silent`: nobody of it reports. */
export type AreaLoad = {
  readonly open: number;
  readonly nearlyLate: number;
  readonly late: number;
  readonly report: 'reporting' | 'silent';
};

/** An outline that is not drawn. */
export type RefusedOutline = { readonly regionId: RegionId; readonly code: OutlineRefusal };

/** All regions of one level as they are drawn. */
export type Areas = {
  readonly drawn: readonly AreaOutline[];
  readonly refused: readonly RefusedOutline[];
  readonly states: AreaStates;
  /** How wide a usual one is: what decides when the level is shown. */
  readonly medianMeters: number;
  /** Greatest height that an area has now, metres. */
  greatestHeight(): number;
  indexOf(regionId: RegionId): number;
  /**
   * Gives these regions their height and colour; the others keep theirs. True when something that is drawn changes. With `heat` (0 to 1) the
   * ramp says that instead of the load, and nothing is coloured as late: two meanings of colour on one area cannot be told apart.
   */
  setLoads(loads: ReadonlyMap<RegionId, AreaLoad>, heat: ReadonlyMap<RegionId, number> | null): boolean;
  /** Sets how high one open matter is drawn; all heights follow with the next loads. */
  setGreatestLoad(open: number): void;
  /** The region that lies under this place of the ground; -1 = none. */
  at(place: readonly [number, number], options?: { readonly atLeastHigh: number }): number;
};

type Box = readonly [number, number, number, number];

// The fullest area is as high as this share of a usual one's width: seen from the side, yet no tower before its neighbours.
const greatestHeightShare = 1.1;
const fewestForFullHeight = 5;

/** Takes the outlines of one level: checks them, and makes room for their states. */
export function createAreas(outlines: readonly AreaOutline[]): Areas {
  const drawn: AreaOutline[] = [];
  const refused: RefusedOutline[] = [];
  for (const { regionId, rings } of outlines) {
    const checked = checkOutline(rings);
    if (checked.kind === 'drawn') drawn.push({ regionId, rings: checked.rings });
    else refused.push({ regionId, code: checked.code });
  }
  const boxes = drawn.map(({ rings }) => boxOf(rings));
  const indices = new Map(drawn.map(({ regionId }, index) => [regionId, index]));
  const states = createAreaStates(drawn.length);
  const medianMeters = medianOf(boxes.map(widthOf));
  let greatestLoad = fewestForFullHeight;
  let greatestHeight = 0;
  return {
    drawn,
    refused,
    states,
    medianMeters,
    greatestHeight: () => greatestHeight,
    indexOf: (regionId) => indices.get(regionId) ?? -1,
    setGreatestLoad: (open) => {
      greatestLoad = Math.max(fewestForFullHeight, open);
    },
    setLoads: (loads, heat) => {
      let isChanged = false;
      for (const [regionId, { open, nearlyLate, late, report }] of loads) {
        const index = indices.get(regionId);
        if (index === undefined) continue;
        const share = Math.min(1, open / greatestLoad);
        const height = share * medianMeters * greatestHeightShare;
        greatestHeight = Math.max(greatestHeight, height);
        const urgency = heat !== null ? 'none' : late > 0 ? 'late' : nearlyLate > 0 ? 'nearlyLate' : 'none';
        if (states.set(index, { height, load: open > 0 ? (heat?.get(regionId) ?? share) : null, urgency, report })) isChanged = true;
      }
      return isChanged;
    },
    at: (place, { atLeastHigh } = { atLeastHigh: 0 }) =>
      drawn.findIndex(
        ({ rings }, index) => states.heightOf(index) >= atLeastHigh && isInBox(boxes[index] as Box, place) && isEnclosed(rings, place),
      ),
  };
}

function boxOf(rings: Rings): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings) {
    for (const [lng, lat] of ring) {
      west = Math.min(west, lng);
      south = Math.min(south, lat);
      east = Math.max(east, lng);
      north = Math.max(north, lat);
    }
  }
  return [west, south, east, north];
}

function isInBox([west, south, east, north]: Box, [lng, lat]: readonly [number, number]): boolean {
  return lng >= west && lng <= east && lat >= south && lat <= north;
}

function widthOf([west, south, east, north]: Box): number {
  const lat = ((south + north) / 2) * (Math.PI / 180);
  return Math.sqrt((east - west) * Math.cos(lat) * (north - south)) * metresPerDegree;
}

function medianOf(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0;
}

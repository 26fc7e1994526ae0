import { eastShrink, type MapArea, metresPerDegree } from '#contract/map/index.ts';
import type { LngLat } from '#contract/values/index.ts';

/** Radii that can be drawn, metres: below, a circle is a point; above, it is more than a county. */
const radii = { least: 20, most: 50_000 } as const;

/** A circle with a radius that can be drawn, in whole ten metres. */
export function circleArea({ at, radiusM }: { at: LngLat; radiusM: number }): Extract<MapArea, { kind: 'circle' }> {
  const within = Math.max(radii.least, Math.min(radii.most, radiusM));
  return { kind: 'circle', at, radiusM: Math.round(within / 10) * 10 };
}

/** West, south, east, north of a circle. */
export function boundsOfCircle({
  at,
  radiusM,
}: {
  readonly at: LngLat;
  readonly radiusM: number;
}): readonly [number, number, number, number] {
  const [west, south] = movedBy(at, { eastM: -radiusM, northM: -radiusM });
  const [east, north] = movedBy(at, { eastM: radiusM, northM: radiusM });
  return [west, south, east, north];
}

/** The same circle, wider or narrower; at least ten metres change. */
export function resized(area: Extract<MapArea, { kind: 'circle' }>, how: 'wider' | 'narrower'): Extract<MapArea, { kind: 'circle' }> {
  const step = Math.max(10, Math.round((area.radiusM * 0.125) / 10) * 10);
  return circleArea({ at: area.at, radiusM: area.radiusM + (how === 'wider' ? step : -step) });
}

/** A place that many metres to the east and north. */
export function movedBy([lng, lat]: LngLat, { eastM, northM }: { eastM: number; northM: number }): LngLat {
  const moved = [lng + eastM / metresPerDegree / eastShrink(lat), lat + northM / metresPerDegree] as const;
  return [Math.max(-180, Math.min(180, moved[0])), Math.max(-90, Math.min(90, moved[1]))];
}

/** The middle of places: of the box that they fill. */
export function middleOf(places: readonly LngLat[]): LngLat | null {
  if (places.length === 0) return null;
  const mid = (axis: 0 | 1) => {
    let [least, most] = [Infinity, -Infinity];
    for (const place of places) [least, most] = [Math.min(least, place[axis]), Math.max(most, place[axis])];
    return (least + most) / 2;
  };
  return [mid(0), mid(1)];
}

/** A ring of at most 500 corners (`MapArea`): of a longer line every so manieth place is kept. */
export function ringOf(places: readonly LngLat[]): LngLat[] {
  const each = Math.ceil(places.length / 500);
  return places.filter((_, index) => index % each === 0);
}

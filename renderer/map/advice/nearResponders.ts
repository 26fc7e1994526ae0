import { groundDistanceM } from '#contract/map/index.ts';
import { isStale, type PositionColumns, positionAt, type ResponderStatus, responderStatusOf } from '#contract/responders/index.ts';
import type { LngLat } from '#contract/values/index.ts';
import type { Way } from '../roads/roadMinutes.ts';

/** Somebody near a place. Metres in a straight line; `way` null: roads are not known here. */
export type NearResponder = {
  readonly index: number;
  readonly at: LngLat;
  readonly distanceM: number;
  readonly way: Way | null;
  readonly measuredAtMs: number;
  readonly isStale: boolean;
  /** Null: a status that this version does not know. */
  readonly status: ResponderStatus | null;
};

/** By what near is meant. */
export type NearBy = 'road' | 'line';

/** Whoever is silent may have walked on since: 4 km/h, which a straight line makes of 1.3 times as long a way. */
const walkedPerMinuteM = 4_000 / 60 / 1.3;

/** Those of whom somebody has ever heard, nearest in a straight line first. Fast enough for thousands. */
export function nearestInLine({ columns, at, count }: { columns: PositionColumns; at: LngLat; count: number }): number[] {
  const near: { index: number; distanceM: number }[] = [];
  for (let index = 0; index < columns.measuredAtMs.length; index += 1) {
    if (columns.measuredAtMs[index] === 0) continue;
    const place: LngLat = [columns.lngLat[2 * index] ?? 0, columns.lngLat[2 * index + 1] ?? 0];
    near.push({ index, distanceM: groundDistanceM(place, at) });
  }
  return near
    .toSorted((a, b) => a.distanceM - b.distanceM)
    .slice(0, count)
    .map(({ index }) => index);
}

/** Those with what is known of each; `ways` in the order of `indices`, null where roads are not known. */
export function nearResponders({
  columns,
  indices,
  ways,
  at,
  nowMs,
}: {
  columns: PositionColumns;
  indices: readonly number[];
  ways: readonly Way[] | null;
  at: LngLat;
  nowMs: number;
}): NearResponder[] {
  return indices.flatMap((index, order) => {
    const position = positionAt(columns, index);
    if (position === null) return [];
    const { lng, lat, measuredAtMs, status } = position;
    const distanceM = groundDistanceM([lng, lat], at);
    const way = ways?.[order] ?? null;
    const known = { way, measuredAtMs, isStale: isStale({ measuredAtMs, nowMs }), status: responderStatusOf(status) };
    return [{ index, at: [lng, lat] as LngLat, distanceM, ...known }];
  });
}

/**
 * Nearest first. A stale position counts as so much farther as its owner may have gone since; those whom no road leads here come after all
 * others, and last those who are not to be had.
 */
export function rankResponders(near: readonly NearResponder[], { by, nowMs }: { by: NearBy; nowMs: number }): NearResponder[] {
  const cost = (one: NearResponder) => {
    const silentMinutes = one.isStale ? (nowMs - one.measuredAtMs) / 60_000 : 0;
    if (by === 'line' || one.way === null) return one.distanceM + silentMinutes * walkedPerMinuteM;
    return one.way.kind === 'none' ? Number.POSITIVE_INFINITY : one.way.minutes + silentMinutes;
  };
  const group = (one: NearResponder) => (one.status === 'unavailable' ? 2 : by === 'road' && one.way?.kind === 'none' ? 1 : 0);
  return near.toSorted((a, b) => {
    const [first, second] = [cost(a), cost(b)];
    return group(a) - group(b) || (first === second ? a.distanceM - b.distanceM : first - second);
  });
}

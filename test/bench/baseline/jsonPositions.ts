import { type PositionColumns, setPosition } from '#contract/responders/index.ts';

/** One responder as the plain way sends him: an object per responder, six decimals, which is what most platforms of this kind do. */
type PlainPosition = { responderIndex: number; lng: number; lat: number; headingDeg: number; status: number; ageSec: number };
/** All positions as one event. */
export type PlainPositions = { readonly atMs: number; readonly positions: readonly PlainPosition[] };

/** Reads it into the same columns: no map by id and no checks, which makes the plain way look better than it would in use. */
export function takePlain({ atMs, positions }: PlainPositions, into: PositionColumns): void {
  for (const { responderIndex, ageSec, ...place } of positions) {
    setPosition(into, responderIndex, { ...place, measuredAtMs: atMs - ageSec * 1000 });
  }
}

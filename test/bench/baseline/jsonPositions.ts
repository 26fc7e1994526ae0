import { type PositionColumns, positionAt, setPosition } from '#contract/responders/index.ts';

/** One responder as the plain way sends him: an object per responder, six decimals, which is what most platforms of this kind do. */
type PlainPosition = { responderIndex: number; lng: number; lat: number; headingDeg: number; status: number; ageSec: number };

/** All positions as the JSON text of one event. */
export function encodePlain(columns: PositionColumns, { atMs }: { atMs: number }): Uint8Array {
  const positions = [...columns.measuredAtMs.keys()].flatMap((responderIndex): PlainPosition[] => {
    const at = positionAt(columns, responderIndex);
    if (at === null) return [];
    const ageSec = Math.round((atMs - at.measuredAtMs) / 1000);
    const [lng, lat] = [Number(at.lng.toFixed(6)), Number(at.lat.toFixed(6))];
    return [{ responderIndex, lng, lat, headingDeg: at.headingDeg, status: at.status, ageSec }];
  });
  return Buffer.from(JSON.stringify({ atMs, positions }));
}

/** Reads it into the same columns: no map by id and no checks, which makes the plain way look better than it would in use. */
export function readPlain(bytes: Uint8Array, into: PositionColumns): void {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  const { atMs, positions } = JSON.parse(text) as { atMs: number; positions: PlainPosition[] };
  for (const { responderIndex, ageSec, ...place } of positions) {
    setPosition(into, responderIndex, { ...place, measuredAtMs: atMs - ageSec * 1000 });
  }
}

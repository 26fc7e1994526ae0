import { boxType } from './boxReader.ts';

/** Where a box lies in a buffer: `start` of its header, `payload` after it, `end` after the box. */
export type BoxPlace = { readonly type: string; readonly start: number; readonly payload: number; readonly end: number };

/** A view of whole bytes, whatever larger buffer they lie in. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The boxes between two places. Throws RangeError when one does not fit, like every read of a DataView past its end. */
export function boxesIn(view: DataView, { start, end }: { start: number; end: number }): readonly BoxPlace[] {
  const places: BoxPlace[] = [];
  let at = start;
  while (at < end) {
    const size = view.getUint32(at);
    if (size < 8 || at + size > end) throw new RangeError('box does not fit');
    places.push({ type: boxType(view, at + 4), start: at, payload: at + 8, end: at + size });
    at += size;
  }
  return places;
}

/** Follows a path of box types down from a box; throws RangeError when one is missing. */
export function boxAt(view: DataView, { within, path }: { within: BoxPlace; path: readonly string[] }): BoxPlace {
  const [type, ...rest] = path;
  if (type === undefined) return within;
  const place = boxesIn(view, { start: within.payload, end: within.end }).find((child) => child.type === type);
  if (place === undefined) throw new RangeError(`no ${type}`);
  return boxAt(view, { within: place, path: rest });
}

/** Runs a parser over untrusted bytes: whatever reads past an end is "not readable" (null), never a crash. */
export function readOrNull<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

import { busLimits } from '#contract/bus/index.ts';
import type { PositionColumns } from './positionColumns.ts';

/**
 * Positions on the wire: lossy, the latest wins (protocol.md, "Positions"). Little endian.
 *
 * Header, 20 bytes: u32 magic, u32 directoryRevision, f64 atMs (epoch ms of the platform), u32 count.
 * Record, 16 bytes: u32 responderIndex, f32 lng, f32 lat, u16 headingDeg, u8 status, u8 ageSec (whole seconds before atMs, 255 = 255 and more).
 */
export const positionFrameBytes = { header: 20, record: 16 } as const;

/** "CWR1": what a position frame begins with. */
const magic = 0x3152_5743;

/** More records would reach the greatest message to a client. */
export const maxRecordsPerFrame = Math.floor((busLimits.toClientBytes - 1 - positionFrameBytes.header) / positionFrameBytes.record);

const maxAgeSec = 255;

/** Other numbers for the same people: number `index` of a frame is who stands at `slots[index]` of the columns. */
export type Numbering = { readonly directoryRevision: number; readonly slots: ArrayLike<number> };

type Encoding = {
  /** Of the whole frame; ages are reckoned from it. */
  readonly atMs: number;
  /** Whom to write; everybody when absent. Numbers of `numbering` where there is one. */
  readonly indices?: Iterable<number>;
  /** The columns' own numbers when absent. */
  readonly numbering?: Numbering;
};

/** Writes everybody who was ever heard of, or only `indices` of them, in as many frames as it takes; no frame reaches 256 KiB. */
export function encodePositions(columns: PositionColumns, encoding: Encoding): readonly Uint8Array<ArrayBuffer>[] {
  const heardOf = indicesHeardOf(columns, encoding);
  const frames = Math.ceil(heardOf.length / maxRecordsPerFrame);
  return Array.from({ length: frames }, (_, frame) =>
    encodeFrame(columns, { ...encoding, indices: heardOf.slice(frame * maxRecordsPerFrame, (frame + 1) * maxRecordsPerFrame) }),
  );
}

/** The same, and a frame without records where nobody was heard of: a whole picture always names its directory revision. */
export function encodeWhole(columns: PositionColumns, encoding: Omit<Encoding, 'indices'>): readonly Uint8Array<ArrayBuffer>[] {
  const frames = encodePositions(columns, encoding);
  return frames.length > 0 ? frames : [encodeFrame(columns, { ...encoding, indices: [] })];
}

function indicesHeardOf({ measuredAtMs }: PositionColumns, { indices, numbering }: Encoding): readonly number[] {
  const heardOf: number[] = [];
  for (const index of indices ?? Array(numbering?.slots.length ?? measuredAtMs.length).keys()) {
    const slot = numbering === undefined ? index : (numbering.slots[index] ?? -1);
    if ((measuredAtMs[slot] ?? 0) > 0) heardOf.push(index);
  }
  return heardOf;
}

function encodeFrame(
  columns: PositionColumns,
  { atMs, indices, numbering }: Encoding & { indices: readonly number[] },
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(positionFrameBytes.header + indices.length * positionFrameBytes.record);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, magic, true);
  view.setUint32(4, numbering?.directoryRevision ?? columns.directoryRevision, true);
  view.setFloat64(8, atMs, true);
  view.setUint32(16, indices.length, true);
  let at: number = positionFrameBytes.header;
  for (const index of indices) {
    const slot = numbering === undefined ? index : (numbering.slots[index] ?? 0);
    const ageSec = Math.round((atMs - (columns.measuredAtMs[slot] ?? 0)) / 1000);
    view.setUint32(at, index, true);
    view.setFloat32(at + 4, columns.lngLat[2 * slot] ?? 0, true);
    view.setFloat32(at + 8, columns.lngLat[2 * slot + 1] ?? 0, true);
    view.setUint16(at + 12, columns.headingDeg[slot] ?? 0, true);
    view.setUint8(at + 14, columns.status[slot] ?? 0);
    view.setUint8(at + 15, Math.min(maxAgeSec, Math.max(0, ageSec)));
    at += positionFrameBytes.record;
  }
  return bytes;
}

/**
 * What came of a frame. `taken`: `records` were newer than what was known and are in the columns; `dropped` were no places on earth or
 * outside the columns. `otherRevision`: the directory must be fetched first, nothing was read. `unreadable`: not a position frame.
 */
export type PositionsRead =
  | { readonly kind: 'taken'; readonly records: number; readonly dropped: number }
  | { readonly kind: 'otherRevision'; readonly directoryRevision: number }
  | { readonly kind: 'unreadable' };

/** Of which directory a frame speaks; null for what is no position frame. Cheap: only its head is looked at. */
export function directoryRevisionOf(frame: Uint8Array): number | null {
  if (frame.length < positionFrameBytes.header) return null;
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  return view.getUint32(0, true) === magic ? view.getUint32(4, true) : null;
}

/** Reads a frame into the columns, without an object per responder. Never throws; an older position never overwrites a newer one. */
export function readPositions(frame: Uint8Array, into: PositionColumns): PositionsRead {
  const { header, record } = positionFrameBytes;
  if (frame.length < header) return { kind: 'unreadable' };
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const atMs = view.getFloat64(8, true);
  const isWhole = view.getUint32(0, true) === magic && frame.length === header + view.getUint32(16, true) * record;
  if (!isWhole || !(atMs > 0 && Number.isSafeInteger(Math.round(atMs)))) return { kind: 'unreadable' };
  const directoryRevision = view.getUint32(4, true);
  if (directoryRevision !== into.directoryRevision) return { kind: 'otherRevision', directoryRevision };
  let [records, dropped] = [0, 0];
  for (let at = header; at < frame.length; at += record) {
    const measuredAtMs = atMs - view.getUint8(at + 15) * 1000;
    const read = readRecord({ view, at, measuredAtMs, into });
    if (read === 'taken') records += 1;
    if (read === 'dropped') dropped += 1;
  }
  return { kind: 'taken', records, dropped };
}

type RecordPlace = { readonly view: DataView; readonly at: number; readonly measuredAtMs: number; readonly into: PositionColumns };

function readRecord({ view, at, measuredAtMs, into }: RecordPlace): 'taken' | 'older' | 'dropped' {
  const index = view.getUint32(at, true);
  const lng = view.getFloat32(at + 4, true);
  const lat = view.getFloat32(at + 8, true);
  const headingDeg = view.getUint16(at + 12, true);
  const known = into.measuredAtMs[index];
  // Comparisons that are false for NaN too.
  const isPlace = Math.abs(lng) <= 180 && Math.abs(lat) <= 90 && headingDeg < 360 && measuredAtMs > 0;
  if (known === undefined || !isPlace) return 'dropped';
  if (known > measuredAtMs) return 'older';
  into.measuredAtMs[index] = measuredAtMs;
  into.lngLat[2 * index] = lng;
  into.lngLat[2 * index + 1] = lat;
  into.headingDeg[index] = headingDeg;
  into.status[index] = view.getUint8(at + 14);
  return 'taken';
}

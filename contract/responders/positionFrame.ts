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

/** Writes everybody who was ever heard of, or only `indices` of them, in as many frames as it takes; no frame reaches 256 KiB. */
export function encodePositions(
  columns: PositionColumns,
  { atMs, indices = columns.lng.keys() }: { atMs: number; indices?: Iterable<number> },
): readonly Uint8Array<ArrayBuffer>[] {
  const heardOf = [...indices].filter((index) => (columns.measuredAtMs[index] ?? 0) > 0);
  const frames = Math.ceil(heardOf.length / maxRecordsPerFrame);
  return Array.from({ length: frames }, (_, frame) =>
    encodeFrame(columns, { atMs, indices: heardOf.slice(frame * maxRecordsPerFrame, (frame + 1) * maxRecordsPerFrame) }),
  );
}

function encodeFrame(columns: PositionColumns, { atMs, indices }: { atMs: number; indices: readonly number[] }): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(positionFrameBytes.header + indices.length * positionFrameBytes.record);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, magic, true);
  view.setUint32(4, columns.directoryRevision, true);
  view.setFloat64(8, atMs, true);
  view.setUint32(16, indices.length, true);
  let at: number = positionFrameBytes.header;
  for (const index of indices) {
    const ageSec = Math.round((atMs - (columns.measuredAtMs[index] ?? 0)) / 1000);
    view.setUint32(at, index, true);
    view.setFloat32(at + 4, columns.lng[index] ?? 0, true);
    view.setFloat32(at + 8, columns.lat[index] ?? 0, true);
    view.setUint16(at + 12, columns.headingDeg[index] ?? 0, true);
    view.setUint8(at + 14, columns.status[index] ?? 0);
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
  into.lng[index] = lng;
  into.lat[index] = lat;
  into.headingDeg[index] = headingDeg;
  into.status[index] = view.getUint8(at + 14);
  return 'taken';
}

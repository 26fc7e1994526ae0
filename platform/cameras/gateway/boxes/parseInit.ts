import { boxAt, boxesIn, readOrNull, viewOf } from './boxTree.ts';
import { type VideoFacts, videoFacts } from './videoFacts.ts';

/** What an initialisation segment says of its one video track. */
export type InitFacts = {
  /** Sample entry as written, e.g. `avc1`, `hvc1`. */
  readonly sampleEntry: string;
  /** RFC 6381 codec string, e.g. `avc1.64001f`; null for anything but H.264, which is all that Chromium surely decodes. */
  readonly codec: string | null;
  readonly video: VideoFacts;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Ticks per second of the track. */
  readonly timescale: number;
  readonly defaultDuration: number;
  readonly defaultFlags: number;
};

/** Reads a `moov` box (ISO/IEC 14496-12 and -15); null when it is not readable or has not exactly one track. */
export function parseInit(moov: Uint8Array): InitFacts | null {
  return readOrNull(() => {
    const view = viewOf(moov);
    const root = { type: 'moov', start: 0, payload: 8, end: moov.length };
    if (boxesIn(view, { start: 8, end: moov.length }).filter((box) => box.type === 'trak').length !== 1) throw new RangeError('tracks');
    const timescale = readTimescale(view, boxAt(view, { within: root, path: ['trak', 'mdia', 'mdhd'] }).payload);
    const trex = boxAt(view, { within: root, path: ['mvex', 'trex'] }).payload;
    const stsd = boxAt(view, { within: root, path: ['trak', 'mdia', 'minf', 'stbl', 'stsd'] });
    return {
      ...readSampleEntry(view, { start: stsd.payload + 8, end: stsd.end }),
      timescale,
      defaultDuration: view.getUint32(trex + 12),
      defaultFlags: view.getUint32(trex + 20),
    };
  });
}

function readTimescale(view: DataView, payload: number): number {
  const timescale = view.getUint32(payload + (view.getUint8(payload) === 1 ? 20 : 12));
  if (timescale === 0) throw new RangeError('timescale 0');
  return timescale;
}

// A visual sample entry holds 78 bytes of fields (width and height at 24) before its boxes.
const sampleEntryBytes = 78;

function readSampleEntry(view: DataView, range: { start: number; end: number }) {
  const [entry] = boxesIn(view, range);
  if (entry === undefined) throw new RangeError('no sample entry');
  const size = { widthPx: view.getUint16(entry.payload + 24), heightPx: view.getUint16(entry.payload + 26) };
  const video = videoFacts(view, entry);
  if (entry.type !== 'avc1' && entry.type !== 'avc3') return { sampleEntry: entry.type, codec: null, video, ...size };
  const avcC = boxesIn(view, { start: entry.payload + sampleEntryBytes, end: entry.end }).find((box) => box.type === 'avcC');
  if (avcC === undefined) throw new RangeError('no avcC');
  const profile = [1, 2, 3].map((at) =>
    view
      .getUint8(avcC.payload + at)
      .toString(16)
      .padStart(2, '0'),
  );
  return { sampleEntry: entry.type, codec: `${entry.type}.${profile.join('')}`, video, ...size };
}

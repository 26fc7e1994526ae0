import { boxAt, boxesIn, readOrNull, viewOf } from '../boxes/boxTree.ts';

/** One key picture as an encoder wrote it: NAL units (ITU-T H.264, 7.3.1) without their lengths. */
export type KeyPicture = {
  /** Of the picture itself: what differs when a sensor sees anything at all, were it only noise. */
  readonly slices: readonly Uint8Array[];
  /** All of it in order, for a decoder: parameter sets and messages too. */
  readonly units: readonly Uint8Array[];
};

const idrSlice = 5;
const plainSlice = 1;

/** The first picture of a fragment (moof + mdat) that starts with a key frame; null when there is no slice in it. */
export function keyPictureIn(fragment: Uint8Array): KeyPicture | null {
  return readOrNull(() => {
    const mdat = boxesIn(viewOf(fragment), { start: 0, end: fragment.length }).find(({ type }) => type === 'mdat');
    if (mdat === undefined) return null;
    const units: Uint8Array[] = [];
    const slices: Uint8Array[] = [];
    for (const unit of unitsIn(fragment.subarray(mdat.payload, mdat.end))) {
      const type = (unit[0] ?? 0) & 0x1f;
      const isSlice = type === idrSlice || type === plainSlice;
      // After the slices of the first picture comes the next one: its first slice, or what belongs to it.
      if (slices.length > 0 && (!isSlice || isFirstSlice(unit))) break;
      units.push(unit);
      if (isSlice) slices.push(unit);
    }
    return slices.length === 0 ? null : { slices, units };
  });
}

/** The parameter sets in an init segment (ftyp + moov), for a decoder; none when it has none of H.264. */
export function parameterSetsIn(init: Uint8Array): readonly Uint8Array[] {
  return readOrNull(() => readParameterSets(init)) ?? [];
}

function readParameterSets(init: Uint8Array): readonly Uint8Array[] {
  const view = viewOf(init);
  const moov = boxesIn(view, { start: 0, end: init.length }).find(({ type }) => type === 'moov');
  if (moov === undefined) return [];
  const stsd = boxAt(view, { within: moov, path: ['trak', 'mdia', 'minf', 'stbl', 'stsd'] });
  const [entry] = boxesIn(view, { start: stsd.payload + 8, end: stsd.end });
  if (entry === undefined) return [];
  const avcC = boxesIn(view, { start: entry.payload + sampleEntryBytes, end: entry.end }).find(({ type }) => type === 'avcC');
  return avcC === undefined ? [] : setsOf(init.subarray(avcC.payload, avcC.end));
}

// A visual sample entry holds 78 bytes of fields before its boxes (ISO/IEC 14496-12).
const sampleEntryBytes = 78;

/** ISO/IEC 14496-15, 5.3.3.1.2: five bytes, then the sequence and the picture parameter sets, each with a count and 16-bit lengths. */
function setsOf(record: Uint8Array): readonly Uint8Array[] {
  const view = viewOf(record);
  const sets: Uint8Array[] = [];
  let at = 5;
  for (const mask of [0x1f, 0xff]) {
    const count = view.getUint8(at) & mask;
    at += 1;
    for (let set = 0; set < count; set += 1) {
      const length = view.getUint16(at);
      sets.push(record.subarray(at + 2, at + 2 + length));
      at += 2 + length;
    }
  }
  return sets;
}

function* unitsIn(sampleBytes: Uint8Array): Iterable<Uint8Array> {
  const view = viewOf(sampleBytes);
  let at = 0;
  while (at + 5 <= sampleBytes.length) {
    const length = view.getUint32(at);
    if (length === 0 || at + 4 + length > sampleBytes.length) return;
    yield sampleBytes.subarray(at + 4, at + 4 + length);
    at += 4 + length;
  }
}

/** `first_mb_in_slice` is 0, which is written as a single 1 bit. */
function isFirstSlice(unit: Uint8Array): boolean {
  return ((unit[1] ?? 0) & 0x80) !== 0;
}

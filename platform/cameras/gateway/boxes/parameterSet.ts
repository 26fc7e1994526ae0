import { viewOf } from './boxTree.ts';

const sequenceParameters = 7;
const lastSliceType = 5;
const boxHeadBytes = 8;

/**
 * The sequence parameter set that a key frame brings along, as bytes; null when it brings none. `mdat` holds H.264 in the length-prefixed
 * form that ffmpeg writes (four bytes).
 */
export function parameterSetIn(mdat: Uint8Array): Uint8Array | null {
  const view = viewOf(mdat);
  let at = boxHeadBytes;
  while (at + 5 <= mdat.length) {
    const length = view.getUint32(at);
    const type = view.getUint8(at + 4) & 0x1f;
    if (length === 0 || at + 4 + length > mdat.length) return null;
    if (type === sequenceParameters) return mdat.subarray(at + 4, at + 4 + length);
    // They come before the first slice or not at all.
    if (type >= 1 && type <= lastSliceType) return null;
    at += 4 + length;
  }
  return null;
}

import { readOrNull, viewOf } from './boxTree.ts';

const boxHeadBytes = 8;
// Slice types of ITU-T H.264, 7.4.3: 1 and 6 are B.
const bSlice = 1;
const typesOfSlices = 5;

/**
 * Whether an `mdat` of H.264 holds a B slice: such pictures wait for later ones, which is a delay. `mdat` has the length-prefixed form that
 * ffmpeg writes (four bytes). False for what cannot be read.
 */
export function hasBSlice(mdat: Uint8Array): boolean {
  const view = viewOf(mdat);
  let at = boxHeadBytes;
  while (at + 6 <= mdat.length) {
    const length = view.getUint32(at);
    if (length === 0 || at + 4 + length > mdat.length) return false;
    const unitType = view.getUint8(at + 4) & 0x1f;
    if (unitType === 1 && sliceType(mdat.subarray(at + 5, at + 4 + length)) === bSlice) return true;
    at += 4 + length;
  }
  return false;
}

/** The type of a slice, 0 to 4; null when its head cannot be read. */
function sliceType(head: Uint8Array): number | null {
  return readOrNull(() => {
    const bits = createBits(head);
    // first_mb_in_slice stands before it.
    readExpGolomb(bits);
    return readExpGolomb(bits) % typesOfSlices;
  });
}

type Bits = { next(): number };

// No emulation bytes can stand in so few bits: two zero bytes would be a number that no slice begins with.
function createBits(bytes: Uint8Array): Bits {
  let at = 0;
  return {
    next() {
      const byte = bytes[at >> 3];
      if (byte === undefined) throw new RangeError('bits');
      const bit = (byte >> (7 - (at & 7))) & 1;
      at += 1;
      return bit;
    },
  };
}

/** ue(v) of ITU-T H.264, 9.1. Throws RangeError for a code that is too long to be one. */
function readExpGolomb(bits: Bits): number {
  let zeros = 0;
  while (bits.next() === 0) {
    zeros += 1;
    if (zeros > 24) throw new RangeError('code');
  }
  let value = 1;
  for (let bit = 0; bit < zeros; bit += 1) value = value * 2 + bits.next();
  return value - 1;
}

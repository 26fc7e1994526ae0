/** One whole top-level ISO-BMFF box, header (8 bytes) included, in memory of its own. */
export type Box = { readonly type: string; readonly bytes: Uint8Array };

/** Cuts a byte stream into top-level boxes. After the first `fault` it reads nothing any more. */
export type BoxReader = { push(chunk: Uint8Array): { readonly boxes: readonly Box[]; readonly fault: string | null } };

// What our own ffmpeg writes, with room: a 4K key frame is 1 to 2 MiB. Anything else on the pipe is garbage, and bounded.
const maxBytes = new Map([
  ['ftyp', 1024],
  ['styp', 1024],
  ['free', 64 * 1024],
  ['prft', 64],
  ['sidx', 64 * 1024],
  ['moov', 256 * 1024],
  ['moof', 256 * 1024],
  ['mdat', 16 * 1024 * 1024],
]);

export function createBoxReader(): BoxReader {
  let chunks: Uint8Array[] = [];
  let held = 0;
  let fault: string | null = null;

  const take = (length: number): Uint8Array => {
    const all = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const chunk = chunks.shift() ?? new Uint8Array(0);
      const part = chunk.subarray(0, length - filled);
      all.set(part, filled);
      filled += part.length;
      if (part.length < chunk.length) chunks.unshift(chunk.subarray(part.length));
    }
    held -= length;
    return all;
  };

  const nextBox = (): Box | null => {
    if (held < 8) return null;
    const [first = new Uint8Array(0)] = chunks;
    const head = first.length >= 8 ? first : take(8);
    if (head !== first) {
      chunks.unshift(head);
      held += 8;
    }
    const { type, size } = boxHeader(head);
    const most = maxBytes.get(type);
    if (most === undefined || size < 8 || size > most) {
      fault = most === undefined ? 'not an MP4 box' : `${type} of ${size} bytes`;
      chunks = [];
      held = 0;
      return null;
    }
    return held < size ? null : { type, bytes: take(size) };
  };

  return {
    push(chunk) {
      if (fault !== null) return { boxes: [], fault };
      chunks.push(chunk);
      held += chunk.length;
      const boxes: Box[] = [];
      for (let box = nextBox(); box !== null; box = nextBox()) boxes.push(box);
      return { boxes, fault };
    },
  };
}

function boxHeader(bytes: Uint8Array): { type: string; size: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { type: boxType(view, 4), size: view.getUint32(0) };
}

/** The four letters of a box at a place of a view. */
export function boxType(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
}

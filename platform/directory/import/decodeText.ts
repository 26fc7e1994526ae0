/** A file's text, and which encoding it proved to be in. */
export type DecodedText = {
  readonly text: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';
  readonly replaced: number;
};

/**
 * Decodes a file as spreadsheets write them: by its byte order mark, else UTF-8 if it is valid, else UTF-16 if every second byte is zero,
 * else GBK (read as GB 18030, its superset). `replaced` counts characters that no encoding could read.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const marked = encodingOfMark(bytes);
  if (marked !== null) return decoded(bytes, marked);
  const wide = encodingOfZeros(bytes);
  if (wide !== null) return decoded(bytes, wide);
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8', replaced: 0 };
  } catch {
    return decoded(bytes, 'gb18030');
  }
}

function encodingOfMark([first, second, third]: Uint8Array): DecodedText['encoding'] | null {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xef && second === 0xbb && third === 0xbf ? 'utf-8' : null;
}

/** A heading without a mark still holds commas, digits or Latin letters, whose upper byte is zero. */
function encodingOfZeros(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const start = bytes.subarray(0, 200);
  const zeros = (parity: number) => start.filter((byte, index) => byte === 0 && index % 2 === parity).length;
  if (zeros(1) > 2 && zeros(0) === 0) return 'utf-16le';
  return zeros(0) > 2 && zeros(1) === 0 ? 'utf-16be' : null;
}

function decoded(bytes: Uint8Array, encoding: DecodedText['encoding']): DecodedText {
  const text = new TextDecoder(encoding).decode(bytes);
  return { text, encoding, replaced: text.split('\uFFFD').length - 1 };
}

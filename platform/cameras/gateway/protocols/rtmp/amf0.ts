/** A value of AMF0, as far as commands of publishers have any. Objects are Maps: their keys are the publisher's choice. */
export type AmfValue = number | boolean | string | null | ReadonlyMap<string, AmfValue>;

const markers = { number: 0, boolean: 1, string: 2, object: 3, null: 5, undefined: 6, ecmaArray: 8, objectEnd: 9, longString: 12 } as const;
const maxDepth = 8;
const maxProperties = 256;

/** Reads all values of a command; null when it is not AMF0, or holds what no publisher sends. */
export function readAmf(bytes: Buffer): readonly AmfValue[] | null {
  const reader = { bytes, at: 0 };
  const values: AmfValue[] = [];
  try {
    while (reader.at < bytes.length && values.length < maxProperties) values.push(readValue(reader, 0));
  } catch {
    // A read beyond the end throws RangeError: the command breaks off.
    return null;
  }
  return values;
}

type Reader = { readonly bytes: Buffer; at: number };

function readValue(reader: Reader, depth: number): AmfValue {
  if (depth > maxDepth) throw new RangeError('too deep');
  const marker = readByte(reader);
  switch (marker) {
    case markers.number:
      reader.at += 8;
      return reader.bytes.readDoubleBE(reader.at - 8);
    case markers.boolean:
      return readByte(reader) !== 0;
    case markers.string:
      return readText(reader);
    case markers.longString:
      reader.at += 4;
      return readChars(reader, reader.bytes.readUInt32BE(reader.at - 4));
    case markers.ecmaArray:
      reader.at += 4;
      return readObject(reader, depth);
    case markers.object:
      return readObject(reader, depth);
    case markers.null:
    case markers.undefined:
      return null;
    default:
      throw new RangeError('unknown marker');
  }
}

function readObject(reader: Reader, depth: number): ReadonlyMap<string, AmfValue> {
  const found = new Map<string, AmfValue>();
  for (;;) {
    const key = readText(reader);
    if (key === '' && reader.bytes[reader.at] === markers.objectEnd) {
      reader.at += 1;
      return found;
    }
    if (found.size >= maxProperties) throw new RangeError('too many properties');
    found.set(key, readValue(reader, depth + 1));
  }
}

function readByte(reader: Reader): number {
  reader.at += 1;
  return reader.bytes.readUInt8(reader.at - 1);
}

function readText(reader: Reader): string {
  reader.at += 2;
  return readChars(reader, reader.bytes.readUInt16BE(reader.at - 2));
}

function readChars(reader: Reader, length: number): string {
  const end = reader.at + length;
  if (end > reader.bytes.length) throw new RangeError('breaks off');
  const text = reader.bytes.toString('utf8', reader.at, end);
  reader.at = end;
  return text;
}

/** Values as AMF0; plain records are written as objects. */
export function writeAmf(values: readonly (number | string | null | Readonly<Record<string, number | string>>)[]): Buffer {
  return Buffer.concat(values.map(writeValue));
}

function writeValue(value: number | string | null | Readonly<Record<string, number | string>>): Buffer {
  if (value === null) return Buffer.from([markers.null]);
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(9);
    bytes.writeDoubleBE(value, 1);
    return bytes;
  }
  if (typeof value === 'string') return Buffer.concat([Buffer.from([markers.string]), textOf(value)]);
  const properties = Object.entries(value).map(([key, each]) => Buffer.concat([textOf(key), writeValue(each)]));
  return Buffer.concat([Buffer.from([markers.object]), ...properties, Buffer.from([0, 0, markers.objectEnd])]);
}

function textOf(text: string): Buffer {
  const chars = Buffer.from(text);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(chars.length);
  return Buffer.concat([length, chars]);
}

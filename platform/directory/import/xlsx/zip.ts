import { inflateRawSync } from 'node:zlib';
import { granted, type Result, refused } from '#contract/values/index.ts';

/** What a spreadsheet of a county stays far below, and a zip bomb does not. `ratio` counts above `freeBytes` only. */
export const zipLimits = {
  entries: 2_000,
  entryBytes: 160 * 1024 * 1024,
  totalBytes: 512 * 1024 * 1024,
  ratio: 200,
  freeBytes: 1024 * 1024,
} as const;

/** Files of an archive by name; each is unpacked when it is asked for, never more than it declared. */
export type Zip = { read(name: string): Result<Buffer | null, string> };

type Entry = { readonly method: number; readonly packed: number; readonly size: number; readonly offset: number };

const damaged = refused('directory.import.zipDamaged');
const signatures = { end: 0x06054b50, directory: 0x02014b50, local: 0x04034b50 } as const;

/** Reads an archive's directory. Refused: not an archive, encrypted, ZIP64 (nobody's list is 4 GB), or beyond the limits. */
export function openZip(bytes: Buffer): Result<Zip, string> {
  try {
    const entries = readDirectory(bytes);
    return entries.ok ? granted({ read: (name) => readEntry({ bytes, entry: entries.value.get(name) }) }) : entries;
  } catch (error) {
    // Every read is checked by Buffer: an offset that points outside is damage, not a bug.
    if (error instanceof RangeError) return damaged;
    throw error;
  }
}

function readDirectory(bytes: Buffer): Result<ReadonlyMap<string, Entry>, string> {
  const end = bytes.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  if (end < 0 || bytes.readUInt32LE(end) !== signatures.end) return refused('directory.import.notXlsx');
  const count = bytes.readUInt16LE(end + 10);
  if (count > zipLimits.entries) return refused('directory.import.zipTooLarge');
  const entries = new Map<string, Entry>();
  let total = 0;
  let at = bytes.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (bytes.readUInt32LE(at) !== signatures.directory) return damaged;
    const [flags, method] = [bytes.readUInt16LE(at + 8), bytes.readUInt16LE(at + 10)];
    const [packed, size] = [bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24)];
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ];
    const offset = bytes.readUInt32LE(at + 42);
    if ((flags & 1) === 1) return refused('directory.import.zipEncrypted');
    total += size;
    const isTooLarge = size > zipLimits.entryBytes || total > zipLimits.totalBytes;
    if (isTooLarge || (size > zipLimits.freeBytes && size > packed * zipLimits.ratio)) return refused('directory.import.zipTooLarge');
    entries.set(bytes.toString('utf8', at + 46, at + 46 + nameLength), { method, packed, size, offset });
    at += 46 + nameLength + extraLength + commentLength;
  }
  return granted(entries);
}

function readEntry({ bytes, entry }: { bytes: Buffer; entry: Entry | undefined }): Result<Buffer | null, string> {
  if (entry === undefined) return granted(null);
  const { method, packed, size, offset } = entry;
  if (offset + 30 > bytes.length || bytes.readUInt32LE(offset) !== signatures.local) return damaged;
  const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  const content = bytes.subarray(start, start + packed);
  if (method === 0) return packed === size ? granted(content) : damaged;
  if (method !== 8) return damaged;
  try {
    const unpacked = inflateRawSync(content, { maxOutputLength: Math.max(1, size) });
    return unpacked.length === size ? granted(unpacked) : damaged;
  } catch (error) {
    // The declared size was within the limits; whoever unpacks to more has lied.
    const isTooLarge = (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE';
    return isTooLarge ? refused('directory.import.zipTooLarge') : damaged;
  }
}

import { gzipSync } from 'node:zlib';
import { zxyToTileId } from 'pmtiles';

/** One tile of an archive; `bytes` as they are to be stored. */
export type Tile = { readonly z: number; readonly x: number; readonly y: number; readonly bytes: Uint8Array };

/** What an archive says about itself. */
export type ArchiveHead = {
  /** `mvt` tiles are to be gzipped already, `png` ones are stored as they are. */
  readonly kind: 'mvt' | 'png';
  readonly zooms: readonly [number, number];
  readonly bounds: readonly [number, number, number, number];
  readonly metadata: object;
};

type Entry = { readonly tileId: number; readonly offset: number; readonly length: number; readonly runLength: number };

/** PMTiles 3.4: a reader fetches this much first, so header and root directory must fit. */
const firstFetchBytes = 16_384;
const headerBytes = 127;
const entriesPerLeaf = 4_096;
const compression = { none: 1, gzip: 2 } as const;
const tileTypes = { mvt: 1, png: 2 } as const;

/**
 * Writes a PMTiles archive of version 3 (github.com/protomaps/PMTiles, spec v3): clustered, directories gzipped, equal tiles stored once. The
 * same tiles give the same bytes.
 */
export function writePmtiles(tiles: Iterable<Tile>, head: ArchiveHead): Uint8Array {
  const { entries, contents, addressed } = placed(tiles);
  const { root, leaves } = directoriesOf(entries);
  const metadata = gzipSync(JSON.stringify(head.metadata));
  const dataBytes = contents.reduce((sum, { length }) => sum + length, 0);
  const header = headerOf({
    head,
    sizes: { root: root.length, metadata: metadata.length, leaves: leaves.length, data: dataBytes },
    counts: { addressed, entries: entries.length, contents: contents.length },
  });
  return Buffer.concat([header, root, metadata, leaves, ...contents]);
}

/** Tiles in the order of their numbers; a tile that was there already is pointed at, and neighbours that are equal make a run. */
function placed(tiles: Iterable<Tile>): { entries: Entry[]; contents: Uint8Array[]; addressed: number } {
  const sorted = [...tiles].map(({ z, x, y, bytes }) => ({ tileId: zxyToTileId(z, x, y), bytes })).toSorted((a, b) => a.tileId - b.tileId);
  const known = new Map<string, { offset: number; length: number }>();
  const contents: Uint8Array[] = [];
  const entries: Entry[] = [];
  let offset = 0;
  for (const { tileId, bytes } of sorted) {
    const key = Buffer.from(bytes).toString('latin1');
    let content = known.get(key);
    if (content === undefined) {
      content = { offset, length: bytes.length };
      known.set(key, content);
      contents.push(bytes);
      offset += bytes.length;
    }
    const last = entries.at(-1);
    if (last !== undefined && last.offset === content.offset && last.tileId + last.runLength === tileId) {
      entries[entries.length - 1] = { ...last, runLength: last.runLength + 1 };
    } else entries.push({ tileId, ...content, runLength: 1 });
  }
  return { entries, contents, addressed: sorted.length };
}

/** All entries in the root where they fit, otherwise in leaves that the root points to (run length 0). */
function directoriesOf(entries: readonly Entry[]): { root: Uint8Array; leaves: Uint8Array } {
  const whole = directoryBytes(entries);
  if (headerBytes + whole.length <= firstFetchBytes) return { root: whole, leaves: new Uint8Array() };
  const leaves: Uint8Array[] = [];
  const pointers: Entry[] = [];
  let offset = 0;
  for (let start = 0; start < entries.length; start += entriesPerLeaf) {
    const leaf = directoryBytes(entries.slice(start, start + entriesPerLeaf));
    pointers.push({ tileId: entries[start]?.tileId ?? 0, offset, length: leaf.length, runLength: 0 });
    leaves.push(leaf);
    offset += leaf.length;
  }
  return { root: directoryBytes(pointers), leaves: Buffer.concat(leaves) };
}

/** A directory: count, then columns of differences, run lengths, lengths and offsets (0 = right after the one before, else plus one). */
function directoryBytes(entries: readonly Entry[]): Uint8Array {
  const numbers = [entries.length];
  entries.forEach(({ tileId }, index) => numbers.push(tileId - (entries[index - 1]?.tileId ?? 0)));
  for (const { runLength } of entries) numbers.push(runLength);
  for (const { length } of entries) numbers.push(length);
  entries.forEach(({ offset }, index) => {
    const before = entries[index - 1];
    numbers.push(before !== undefined && before.offset + before.length === offset ? 0 : offset + 1);
  });
  return gzipSync(Uint8Array.from(numbers.flatMap(varint)));
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return [...bytes, rest];
}

type HeaderParts = {
  readonly head: ArchiveHead;
  readonly sizes: { readonly root: number; readonly metadata: number; readonly leaves: number; readonly data: number };
  readonly counts: { readonly addressed: number; readonly entries: number; readonly contents: number };
};

function headerOf({ head, sizes, counts }: HeaderParts): Uint8Array {
  const header = Buffer.alloc(headerBytes);
  header.write('PMTiles', 0, 'latin1');
  header.writeUInt8(3, 7);
  const metadataAt = headerBytes + sizes.root;
  const leavesAt = metadataAt + sizes.metadata;
  const numbers = [headerBytes, sizes.root, metadataAt, sizes.metadata, leavesAt, sizes.leaves, leavesAt + sizes.leaves, sizes.data];
  [...numbers, counts.addressed, counts.entries, counts.contents].forEach((value, index) =>
    header.writeBigUInt64LE(BigInt(value), 8 + 8 * index),
  );
  const [west, south, east, north] = head.bounds;
  const small = [1, compression.gzip, head.kind === 'mvt' ? compression.gzip : compression.none, tileTypes[head.kind], ...head.zooms];
  small.forEach((value, index) => header.writeUInt8(value, 96 + index));
  [west, south, east, north].forEach((degrees, index) => header.writeInt32LE(Math.round(degrees * 1e7), 102 + 4 * index));
  header.writeUInt8(head.zooms[0], 118);
  [(west + east) / 2, (south + north) / 2].forEach((degrees, index) => header.writeInt32LE(Math.round(degrees * 1e7), 119 + 4 * index));
  return header;
}

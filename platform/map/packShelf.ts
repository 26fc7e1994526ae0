import { open, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { type ByteRange, manifestFile, type PackManifest, readByteRange, readManifest } from '#contract/map/index.ts';
import type { CountyId } from '#contract/values/index.ts';
import { sha256 } from '../record/index.ts';

/** Where a platform keeps its county pack: `manifest.json` names the pack that is there, its files lie in a folder of its hash. */
export function packShelfFolder(dataFolder: string): string {
  return path.join(dataFolder, 'map');
}

/** A file of a pack, or a part of it, as a stream that reads as fast as it is taken. */
export type PackStream =
  | { readonly kind: 'bytes'; readonly range: Exclude<ByteRange, { kind: 'beyond' }>; readonly size: number; readonly body: ReadableStream }
  | { readonly kind: 'beyond'; readonly size: number }
  | { readonly kind: 'missing' };

/** Packs of a platform, looked up anew each time: an administrator may put another one there while the platform runs. */
export type PackShelves = {
  /** The first pack there is; null when there is none, or it is of another county. */
  manifest(): Promise<PackManifest | null>;
  open(asked: { hash: string; file: string; range: string | undefined }): Promise<PackStream>;
};

/** Looks through shelves in order: what an administrator has put there goes before what came with the demo. */
export function openPackShelves({ folders, countyId }: { folders: readonly string[]; countyId: CountyId }): PackShelves {
  return {
    async manifest() {
      for (const folder of folders) {
        const manifest = await manifestOn({ folder, countyId });
        if (manifest !== null) return manifest;
      }
      return null;
    },
    async open(asked) {
      for (const folder of folders) {
        const found = await openFrom({ ...asked, folder });
        if (found.kind !== 'missing') return found;
      }
      return { kind: 'missing' };
    },
  };
}

async function manifestOn({ folder, countyId }: { folder: string; countyId: CountyId }): Promise<PackManifest | null> {
  try {
    const read = readManifest(JSON.parse(await readFile(path.join(folder, manifestFile), 'utf8')), { countyId, sha256 });
    return read.ok ? read.value : null;
  } catch {
    return null;
  }
}

type From = { readonly folder: string; readonly hash: string; readonly file: string; readonly range: string | undefined };

/** A link that leads out of the shelf is not followed. */
async function openFrom({ folder, hash, file, range: header }: From): Promise<PackStream> {
  try {
    const [real, root] = await Promise.all([realpath(path.join(folder, hash, file)), realpath(folder)]);
    if (!real.startsWith(root + path.sep)) return { kind: 'missing' };
    await using opening = new AsyncDisposableStack();
    const handle = opening.use(await open(real, 'r'));
    const stat = await handle.stat();
    if (!stat.isFile()) return { kind: 'missing' };
    const { size } = stat;
    const range = readByteRange({ header, size });
    if (range.kind === 'beyond') return { kind: 'beyond', size };
    // The stream closes the file when it has ended or is given up.
    opening.move();
    const stream = handle.createReadStream(range.kind === 'part' ? { start: range.start, end: range.end } : {});
    return { kind: 'bytes', range, size, body: Readable.toWeb(stream) as ReadableStream };
  } catch {
    return { kind: 'missing' };
  }
}

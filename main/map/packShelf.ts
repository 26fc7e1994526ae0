import { open, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { type ByteRange, manifestFile, PackManifest, readByteRange } from '#contract/map/index.ts';

/** Where a workstation keeps its county pack: `manifest.json` names the pack that is there, its files lie in a folder of its hash. */
export function packShelfFolder(dataDir: string): string {
  return path.join(dataDir, 'map');
}

/** A file of a pack, or a part of it. */
export type PackBytes =
  | { readonly kind: 'bytes'; readonly range: Exclude<ByteRange, { kind: 'beyond' }>; readonly size: number; readonly body: Buffer }
  | { readonly kind: 'beyond'; readonly size: number }
  | { readonly kind: 'missing' };

/** The pack that lies on a shelf; null when there is none. It may have been put there by another process. */
export async function readShelf(folder: string): Promise<PackManifest | null> {
  try {
    const manifest = PackManifest.safeParse(JSON.parse(await readFile(path.join(folder, manifestFile), 'utf8')));
    return manifest.success ? manifest.data : null;
  } catch {
    return null;
  }
}

/** Reads a file of a pack, or the range of it that a header asks for. A link that leads out of the shelf is not followed. */
export async function readPackBytes({
  folder,
  hash,
  file,
  range: header,
}: {
  folder: string;
  hash: string;
  file: string;
  range: string | undefined;
}): Promise<PackBytes> {
  try {
    const [real, root] = await Promise.all([realpath(path.join(folder, hash, file)), realpath(folder)]);
    return real.startsWith(root + path.sep) ? await readFilePart({ file: real, range: header }) : { kind: 'missing' };
  } catch {
    return { kind: 'missing' };
  }
}

/** Reads a file, or the range of it that a header asks for. `mostBytes`: what asks for more at once gets nothing. */
export async function readFilePart({ file, range: header, mostBytes = Infinity }: FilePart): Promise<PackBytes> {
  try {
    await using handle = await open(file, 'r');
    const stat = await handle.stat();
    if (!stat.isFile()) return { kind: 'missing' };
    const { size } = stat;
    const range = readByteRange({ header, size });
    if (range.kind === 'beyond') return { kind: 'beyond', size };
    const [start, length] = range.kind === 'part' ? [range.start, range.end - range.start + 1] : [0, size];
    if (length > mostBytes) return { kind: 'beyond', size };
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(length), 0, length, start);
    return bytesRead === length ? { kind: 'bytes', range, size, body: buffer } : { kind: 'missing' };
  } catch {
    return { kind: 'missing' };
  }
}

type FilePart = { readonly file: string; readonly range: string | undefined; readonly mostBytes?: number };

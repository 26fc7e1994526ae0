import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import writeFileAtomic from 'write-file-atomic';
import { manifestFile, type PackManifest, type PackRefusal, readManifest } from '#contract/map/index.ts';
import { type CountyId, granted, type Result, refused } from '#contract/values/index.ts';
import { sha256 } from '../record/index.ts';

/** Finds a pack's folder from what somebody names: the folder itself, its manifest, or a shelf that it lies on. */
async function packFolderOf(named: string): Promise<{ folder: string; manifest: unknown } | null> {
  const isFile = (await stat(named)).isFile();
  const folder = isFile ? path.dirname(named) : named;
  const manifest: unknown = JSON.parse(await readFile(path.join(folder, manifestFile), 'utf8'));
  const hash = (manifest as { contentHash?: unknown } | null)?.contentHash;
  const below = typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash) ? path.join(folder, hash) : folder;
  const isShelf = (await stat(below).catch(() => null))?.isDirectory() === true;
  return { folder: isShelf ? below : folder, manifest };
}

/**
 * Checks a pack that somebody brings, file by file, and puts it on the shelf; the one before stays until the new one is whole, then it goes.
 * Rejects with the disk's error. A running platform has it from its next question on.
 */
export async function putPack({
  from,
  shelf,
  countyId,
}: {
  from: string;
  shelf: string;
  countyId: CountyId;
}): Promise<Result<PackManifest, PackRefusal>> {
  const found = await packFolderOf(from).catch(() => null);
  if (found === null) return refused('map.notAPack', { field: manifestFile });
  const read = readManifest(found.manifest, { countyId, sha256 });
  if (!read.ok) return read;
  const manifest = read.value;
  const coming = path.join(shelf, `coming-${manifest.contentHash}`);
  await rm(coming, { recursive: true, force: true });
  await mkdir(coming, { recursive: true });
  try {
    for (const file of manifest.files) {
      const broken = await takeFile({ from: found.folder, to: coming, file });
      if (broken !== null) return refused(broken.code, broken.params);
    }
    await settle({ shelf, coming, manifest });
    return granted(manifest);
  } finally {
    await rm(coming, { recursive: true, force: true });
  }
}

type Listed = PackManifest['files'][number];

/** Copies first and checks the copy: what is checked is what will be served. */
async function takeFile({ from, to, file }: { from: string; to: string; file: Listed }) {
  const copied = path.join(to, file.name);
  const source = path.join(from, file.name);
  const size = (await stat(source).catch(() => null))?.size;
  if (size === undefined) return { code: 'map.fileMissing', params: { file: file.name } } as const;
  if (size !== file.bytes) return { code: 'map.fileTruncated', params: { file: file.name, bytes: size, wanted: file.bytes } } as const;
  await copyFile(source, copied);
  const hash = createHash('sha256');
  await pipeline(createReadStream(copied), hash);
  if (hash.digest('hex') !== file.sha256) return { code: 'map.fileChanged', params: { file: file.name } } as const;
  await using handle = await open(copied, 'r+');
  await handle.sync();
  return null;
}

async function settle({ shelf, coming, manifest }: { shelf: string; coming: string; manifest: PackManifest }): Promise<void> {
  const place = path.join(shelf, manifest.contentHash);
  await rm(place, { recursive: true, force: true });
  await rename(coming, place);
  await writeFileAtomic(path.join(shelf, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const name of await readdir(shelf)) {
    if (name !== manifest.contentHash && name !== manifestFile) await rm(path.join(shelf, name), { recursive: true, force: true });
  }
}

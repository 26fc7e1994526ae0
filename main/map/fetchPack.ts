import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { mapRoutes, packFilePath, type PackManifest, type PackRefusal, readManifest } from '#contract/map/index.ts';
import { granted, type Result, refused } from '#contract/values/index.ts';
import type { Download } from '#main/link/index.ts';
import { sha256 } from '#main/machine/index.ts';

/** A manifest is some kilobytes; what is longer is none. */
const manifestBytes = 1024 * 1024;

type Fetching = { readonly download: Download; readonly bearer: string; readonly signal: AbortSignal };

/** Which pack the platform has; null = none. Throws when it does not answer as a platform does. */
export async function fetchManifest({ download, bearer, signal }: Fetching): Promise<Result<PackManifest, PackRefusal> | null> {
  const { status, chunks } = await download({ path: mapRoutes.manifest, bearer, fromByte: 0, signal });
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    bytes += chunk.length;
    if (bytes > manifestBytes) return refused('map.notAPack', { field: 'size' });
  }
  if (status === 404) return null;
  if (status !== 200) throw new Error(`the platform answered ${status} to the question for its map`);
  return readManifest(parsed(Buffer.concat(parts).toString('utf8')), { countyId: null, sha256 });
}

/**
 * Fills `folder` with a pack's files and checks each. What a broken line left there is gone on with; what the pack of `kept` has already is
 * copied. Throws when the line breaks; a refusal is about the content, and that file is thrown away.
 */
export async function fetchFiles({
  manifest,
  folder,
  kept,
  ...fetching
}: Fetching & {
  manifest: PackManifest;
  folder: string;
  kept: { readonly manifest: PackManifest; readonly folder: string } | null;
}): Promise<Result<null, PackRefusal>> {
  await mkdir(folder, { recursive: true });
  for (const file of manifest.files) {
    const target = path.join(folder, file.name);
    const same = kept?.manifest.files.find(({ sha256: hash }) => hash === file.sha256);
    if (same !== undefined && kept !== null && (await sizeOf(target)) === 0) {
      await copyFile(path.join(kept.folder, same.name), target).catch(() => {});
    }
    const checked = await fetchFile({ ...fetching, target, file, path: packFilePath({ hash: manifest.contentHash, file: file.name }) });
    if (!checked.ok) return checked;
  }
  return granted(null);
}

type OneFile = Fetching & { readonly path: string; readonly target: string; readonly file: PackManifest['files'][number] };

async function fetchFile({ target, file, ...asked }: OneFile): Promise<Result<null, PackRefusal>> {
  let have = await sizeOf(target);
  // Longer than it may be: of something else.
  if (have > file.bytes) await rm(target);
  if (have > file.bytes) have = 0;
  if (have < file.bytes) await goOn({ ...asked, target, have, bytes: file.bytes });
  const hash = createHash('sha256');
  await pipeline(createReadStream(target), hash);
  if (hash.digest('hex') === file.sha256) return granted(null);
  await rm(target);
  return refused('map.fileChanged', { file: file.name });
}

/** Writes what is missing behind what is there, and lets it reach the disk. */
async function goOn({
  download,
  path: asked,
  bearer,
  signal,
  target,
  have,
  bytes,
}: Omit<OneFile, 'file'> & { have: number; bytes: number }) {
  const { status, chunks } = await download({ path: asked, bearer, fromByte: have, signal });
  if (status !== 200 && status !== 206) throw new Error(`the platform answered ${status} to the question for ${path.basename(target)}`);
  // 200 to a question for a part: all of it comes again.
  await using handle = await open(target, status === 206 ? 'a' : 'w');
  let written = status === 206 ? have : 0;
  for await (const chunk of chunks) {
    written += chunk.length;
    if (written > bytes) throw new Error(`more came of ${path.basename(target)} than there is of it`);
    await handle.appendFile(chunk);
  }
  await handle.sync();
  if (written < bytes) throw new Error(`the line ended in the middle of ${path.basename(target)}`);
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.size ?? 0;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

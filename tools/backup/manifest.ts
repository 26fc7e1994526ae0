import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { Position } from '#contract/record/index.ts';
import { EpochMs, Sha256Hex } from '#contract/values/index.ts';

/** What a backup folder says about itself: written last, so that a folder without it is no backup. */
export const Manifest = z.strictObject({
  format: z.literal(1),
  madeAtMs: EpochMs,
  county: z.string(),
  epoch: z.string(),
  heads: z.array(Position),
  files: z.array(
    z.strictObject({ name: z.string().regex(/^(evidence\/)?[A-Za-z0-9][A-Za-z0-9._-]*$/), bytes: z.int().min(0), sha256: Sha256Hex }),
  ),
});
export type Manifest = z.infer<typeof Manifest>;

/** The manifest's file name in a backup folder. */
export const manifestName = 'backup.json';
/** The record's file name, in a backup as in a data folder. */
export const recordName = 'record.sqlite';

/** A file's length and hash, read as it lies on the disk. */
export async function fingerprint(folder: string, name: string): Promise<Manifest['files'][number]> {
  const file = path.join(folder, name);
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return { name, bytes: (await stat(file)).size, sha256: Sha256Hex.parse(hash.digest('hex')) };
}

/** Reads a backup's manifest and compares every file with it. Throws a sentence that names the first one that differs. */
export async function checkedManifest(folder: string): Promise<Manifest> {
  const manifest = readManifest(folder);
  for (const expected of manifest.files) {
    const found = await fingerprint(folder, expected.name).catch(() => null);
    if (found === null) throw new Error(`${expected.name} is missing from ${folder}.`);
    if (found.sha256 !== expected.sha256) throw new Error(`${path.join(folder, expected.name)} is not the file that was backed up.`);
  }
  return manifest;
}

function readManifest(folder: string): Manifest {
  try {
    return Manifest.parse(JSON.parse(readFileSync(path.join(folder, manifestName), 'utf8')));
  } catch (error) {
    throw new Error(`${folder} is no whole backup: its ${manifestName} cannot be read.`, { cause: error });
  }
}

import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { copyBeforeLift, type FileFormat, lifted, ownVersion, refuseNewer } from './fileFormat.ts';

/** Reads a JSON file; null when it is not there or half written. The shape is the caller's to parse. */
export async function readJsonFile(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return null;
  }
}

/**
 * Reads a JSON file that names its version (`version`, 0 when it does not) and lifts an older one: a copy first, then the file itself. A
 * lift answers null for what nobody can use: nothing is written then. Rejects with a sentence when the file is newer than this program.
 */
export async function readVersionedJson({ file, format }: { file: string; format: FileFormat<unknown> }): Promise<unknown> {
  const content = await readJsonFile(file);
  if (content === null) return null;
  const named = (content as { version?: unknown }).version;
  const found = typeof named === 'number' && Number.isInteger(named) && named >= 0 ? named : 0;
  refuseNewer({ file, found, format });
  const version = ownVersion(format);
  if (found === version) return content;
  const newest = lifted({ content, found, format });
  if (newest === null) return null;
  await copyBeforeLift({ file, version });
  await writeJsonFile(file, newest);
  return newest;
}

/** Writes a JSON file whole or not at all (temporary file, fsync, rename). Rejects with the disk's error. */
export async function writeJsonFile(file: string, value: unknown): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFileAtomic(file, `${JSON.stringify(value)}\n`, { mode: 0o600 });
}

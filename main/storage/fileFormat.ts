import { constants } from 'node:fs';
import { copyFile, readdir, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * What a file that outlives the program holds. `lifts[n]` leads from version n to n + 1, so this program writes version `lifts.length`;
 * a released lift is never changed. Version 0 are the files from before any of them named its version.
 */
export type FileFormat<Content> = { readonly name: string; readonly lifts: readonly ((content: Content) => Content)[] };

/** Copies of files as they were before they were lifted: so many of the newest are kept. */
export const keptCopies = 3;

type Named = { readonly name: string; readonly lifts: { readonly length: number } };

/** The version that this program writes. */
export function ownVersion({ lifts }: Named): number {
  return lifts.length;
}

/** Throws a sentence for people when a file is newer than this program. Called before anything of it is changed. */
export function refuseNewer({ file, found, format }: { file: string; found: number; format: Named }): void {
  const own = ownVersion(format);
  if (found <= own) return;
  throw new Error(
    `${file} was written by a newer version of this program (${format.name}, version ${found}; this one knows ${own}). Nothing was changed: start that version, or use another data folder.`,
  );
}

/** Content of version `found` in this program's shape; null when a lift says that nobody can use it. */
export function lifted<Content>({ content, found, format }: { content: Content; found: number; format: FileFormat<Content> }): Content {
  return format.lifts.slice(found).reduce((older, lift) => (older === null ? older : lift(older)), content);
}

/** Keeps the file as it is beside it, before it is lifted to `version`; a copy that is there already is the older one and stays. */
export async function copyBeforeLift({ file, version }: { file: string; version: number }): Promise<void> {
  await copyFile(file, `${file}.before-v${version}`, constants.COPYFILE_EXCL).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const folder = path.dirname(file);
  const prefix = `${path.basename(file)}.before-v`;
  const copies = (await readdir(folder)).filter((name) => name.startsWith(prefix));
  const newestFirst = copies.toSorted((a, b) => Number(b.slice(prefix.length)) - Number(a.slice(prefix.length)));
  for (const name of newestFirst.slice(keptCopies)) await rm(path.join(folder, name), { force: true });
}

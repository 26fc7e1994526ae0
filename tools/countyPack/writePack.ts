import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { manifestFile } from '#contract/map/index.ts';
import type { DemoScale } from '#platform/directory/index.ts';
import type { DrawnPack } from './drawPack.ts';

const recipeFile = '.recipe';

/** The shelf of the demo's pack of a scale. */
export function demoPackFolder({ cacheFolder, scale }: { cacheFolder: string; scale: DemoScale }): string {
  return path.join(cacheFolder, 'county-packs', scale);
}

/**
 * Writes a pack onto a shelf, the layout that platform and desks keep theirs in: files in a folder of the pack's hash, and `manifest.json`
 * beside it, written last, so that a shelf with one is whole. Packs that were there before are taken away after it.
 */
export async function writePack({ folder, pack, recipe }: { folder: string; pack: DrawnPack; recipe: string }): Promise<void> {
  const { contentHash } = pack.manifest;
  await mkdir(path.join(folder, contentHash), { recursive: true });
  for (const [name, bytes] of pack.files) await writeFile(path.join(folder, contentHash, name), bytes);
  await writeFileAtomic(path.join(folder, manifestFile), `${JSON.stringify(pack.manifest, null, 2)}\n`);
  await writeFileAtomic(path.join(folder, recipeFile), recipe);
  const kept = new Set([contentHash, manifestFile, recipeFile]);
  for (const name of await readdir(folder)) if (!kept.has(name)) await rm(path.join(folder, name), { recursive: true });
}

/** Whether the folder has the pack that this code draws. */
export async function isPackDrawn({ folder, recipe }: { folder: string; recipe: string }): Promise<boolean> {
  return (await readFile(path.join(folder, recipeFile), 'utf8').catch(() => '')) === recipe;
}

const drawingFolders = ['tools/countyPack', 'platform/directory/demo', 'platform/demo'];
const formats = ['pack', 'roadGraph', 'heightGrid', 'gazetteer'].map((name) => `contract/map/${name}.ts`);

/** Hash of all code that a pack follows from: changed code draws it anew without anybody counting versions. */
export async function packRecipe(projectRoot: string): Promise<string> {
  const hash = createHash('sha256');
  const drawing = await Promise.all(
    drawingFolders.map(async (folder) => {
      const files = await readdir(path.join(projectRoot, folder), { recursive: true });
      return files.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts')).map((file) => `${folder}/${file}`);
    }),
  );
  for (const file of [...drawing.flat(), ...formats].toSorted()) hash.update(file).update(await readFile(path.join(projectRoot, file)));
  return hash.digest('hex');
}

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { type DemoScene, demoLoopPath } from '#platform/cameras/demo/index.ts';
import type { LoopBytes } from './synthesiseLoop.ts';

const Manifest = z.strictObject({
  loops: z.record(z.string(), z.strictObject({ key: z.string(), name: z.string(), main: z.int().min(1), sub: z.int().min(1) })),
});

/** What is known of the loops in a cache folder. */
export type Manifest = z.infer<typeof Manifest>;

/** Reads the manifest; a missing or broken one means that nothing is there. */
export async function readManifest(cacheDir: string): Promise<Manifest> {
  const text = await readFile(manifestPath(cacheDir), 'utf8').catch(() => '');
  try {
    return Manifest.parse(JSON.parse(text));
  } catch {
    return { loops: {} };
  }
}

/** Writes down that a scene's loop is done. */
export async function noteLoop({ cacheDir, manifest, scene, key, bytes }: LoopNote): Promise<void> {
  manifest.loops[scene.cameraId] = { key, name: scene.name, ...bytes };
  await writeFileAtomic(manifestPath(cacheDir), `${JSON.stringify(manifest, null, 2)}\n`);
}

type LoopNote = { cacheDir: string; manifest: Manifest; scene: DemoScene; key: string; bytes: LoopBytes };

/** Whether a scene's loop is there, whole, and made from this very description and code. */
export function isLoopDone({ cacheDir, manifest, scene, key }: Omit<LoopNote, 'bytes'>): boolean {
  const known = manifest.loops[scene.cameraId];
  const isThere = (quality: 'main' | 'sub') => existsSync(demoLoopPath({ cacheDir, cameraId: scene.cameraId, quality }));
  return known?.key === key && isThere('main') && isThere('sub');
}

/** Hash of the code that decides how a loop looks: a changed drawing makes its loops anew without anybody counting versions. */
export async function recipeHash(folder: string): Promise<string> {
  const files = [
    'recipe.ts',
    ...(await readdir(path.join(folder, 'drawing'), { recursive: true })).map((file) => path.join('drawing', file)),
  ];
  const hash = createHash('sha256');
  for (const file of files.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).toSorted()) {
    hash.update(file).update(await readFile(path.join(folder, file)));
  }
  return hash.digest('hex');
}

/** Names a loop by all that it follows from. */
export function loopKey({ scene, recipe }: { scene: DemoScene; recipe: string }): string {
  return createHash('sha256').update(recipe).update(JSON.stringify(scene)).digest('hex').slice(0, 16);
}

function manifestPath(cacheDir: string): string {
  return path.join(cacheDir, 'manifest.json');
}

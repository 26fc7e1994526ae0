import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demoLoopPath, demoScenes } from '#platform/cameras/demo/index.ts';
import { isLoopDone, loopKey, noteLoop, readManifest, recipeHash } from './manifest.ts';
import { removeAbandonedParts } from './synthesiseLoop.ts';

const scene = demoScenes()[0]!;
let cacheDir: string;

beforeEach(async () => {
  cacheDir = await mkdtemp(path.join(tmpdir(), 'demo-manifest-'));
});

afterEach(async () => {
  await rm(cacheDir, { recursive: true, force: true });
});

async function writeLoop() {
  for (const quality of ['main', 'sub'] as const) await writeFile(demoLoopPath({ cacheDir, cameraId: scene.cameraId, quality }), 'a loop');
  await noteLoop({ cacheDir, manifest: await readManifest(cacheDir), scene, key: 'one', bytes: { main: 6, sub: 6 } });
}

async function isDone(key: string): Promise<boolean> {
  return isLoopDone({ cacheDir, manifest: await readManifest(cacheDir), scene, key });
}

describe('the account of finished loops', () => {
  it('counts a loop as done when both files and the same key are there', async () => {
    expect(await isDone('one')).toBe(false);
    await writeLoop();
    expect([await isDone('one'), await isDone('another')]).toEqual([true, false]);
    await rm(demoLoopPath({ cacheDir, cameraId: scene.cameraId, quality: 'main' }));
    expect(await isDone('one')).toBe(false);
  });

  it('starts over when it was cut off', async () => {
    await writeLoop();
    await writeFile(path.join(cacheDir, 'manifest.json'), '{"loops": {"cam-01');
    expect(await readManifest(cacheDir)).toEqual({ loops: {} });
  });

  it('keys a loop by its scene and by the code that draws it, not by tests', async () => {
    const folder = path.join(cacheDir, 'code');
    await mkdir(path.join(folder, 'drawing', 'kinds'), { recursive: true });
    await writeFile(path.join(folder, 'recipe.ts'), 'sizes');
    await writeFile(path.join(folder, 'drawing', 'kinds', 'river.ts'), 'a river');
    const first = await recipeHash(folder);
    await writeFile(path.join(folder, 'drawing', 'river.test.ts'), 'a test');
    expect(await recipeHash(folder)).toBe(first);
    await writeFile(path.join(folder, 'drawing', 'kinds', 'river.ts'), 'a wider river');
    expect(await recipeHash(folder)).not.toBe(first);
    expect(loopKey({ scene, recipe: first })).toBe(loopKey({ scene: { ...scene }, recipe: first }));
    expect(loopKey({ scene: { ...scene, name: '西门广场' }, recipe: first })).not.toBe(loopKey({ scene, recipe: first }));
  });
});

describe('parts of loops', () => {
  it('go when nobody has written them for long, and stay while somebody does', async () => {
    await writeFile(path.join(cacheDir, 'cam-1-main.mp4.7.part'), 'left behind');
    await writeFile(path.join(cacheDir, 'cam-2-main.mp4.8.part'), 'being written');
    await writeFile(path.join(cacheDir, 'cam-1-main.mp4'), 'a loop');
    const longAgo = new Date(Date.now() - 3_600_000);
    await utimes(path.join(cacheDir, 'cam-1-main.mp4.7.part'), longAgo, longAgo);
    await removeAbandonedParts({ cacheDir, olderThanMs: 600_000 });
    expect((await readdir(cacheDir)).toSorted()).toEqual(['cam-1-main.mp4', 'cam-2-main.mp4.8.part']);
  });
});

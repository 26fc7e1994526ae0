import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { type DemoScene, demoLoopPath } from '#platform/cameras/demo/index.ts';
import { createCanvas, createDrawing } from './drawing/index.ts';
import { burnedInTexts, drawnPerSecond, ffmpegArguments, textFiles } from './recipe.ts';

/** Sizes of a finished loop. */
export type LoopBytes = { readonly main: number; readonly sub: number };

/**
 * Draws a scene picture by picture and has ffmpeg encode both renditions. The files appear under their names only when they are whole;
 * a run that is killed leaves `.part` files (see removeAbandonedParts). Throws with ffmpeg's own words when it fails.
 */
export async function synthesiseLoop({ scene, cacheDir }: { scene: DemoScene; cacheDir: string }): Promise<LoopBytes> {
  const finished = { main: loopPath('main'), sub: loopPath('sub') };
  // Two runs may meet in one folder (a start and a test): each has parts of its own, and whoever renames last wins with the same picture.
  const part = (file: string) => `${file}.${process.pid}.part`;
  const parts = { main: part(finished.main), sub: part(finished.sub) };
  const folder = await mkdtemp(path.join(tmpdir(), 'demo-loop-'));
  try {
    const words = burnedInTexts(scene);
    await writeFile(path.join(folder, textFiles.clock), words.clock);
    await writeFile(path.join(folder, textFiles.name), words.name);
    await encode({ scene, args: ffmpegArguments({ scene, outputs: parts }), folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const bytes = { main: (await stat(parts.main)).size, sub: (await stat(parts.sub)).size };
  await rename(parts.main, finished.main);
  await rename(parts.sub, finished.sub);
  return bytes;

  function loopPath(quality: 'main' | 'sub') {
    return path.resolve(demoLoopPath({ cacheDir, cameraId: scene.cameraId, quality }));
  }
}

/** Removes parts that nobody writes any more: ffmpeg touches a live one several times a second. */
export async function removeAbandonedParts({ cacheDir, olderThanMs }: { cacheDir: string; olderThanMs: number }): Promise<void> {
  const names = await readdir(cacheDir).catch(() => []);
  for (const name of names.filter((candidate) => candidate.endsWith('.part'))) {
    const file = path.join(cacheDir, name);
    const touchedMs = (await stat(file).catch(() => null))?.mtimeMs ?? Number.POSITIVE_INFINITY;
    if (Date.now() - touchedMs > olderThanMs) await rm(file, { force: true });
  }
}

async function encode({ scene, args, folder }: { scene: DemoScene; args: readonly string[]; folder: string }) {
  const ffmpeg = spawn('ffmpeg', args, { cwd: folder, stdio: ['pipe', 'ignore', 'pipe'] });
  const complaints: string[] = [];
  ffmpeg.stderr.setEncoding('utf8').on('data', (text: string) => complaints.push(text));
  // When ffmpeg gives up, its exit code and words say why; the broken pipe itself is no news.
  ffmpeg.stdin.on('error', () => undefined);
  const [[code]] = await Promise.all([once(ffmpeg, 'close'), drawInto(ffmpeg.stdin, scene)]);
  if (code !== 0) throw new Error(`ffmpeg ended with ${String(code)}: ${complaints.join('').trim()}`);
}

async function drawInto(sink: Writable, scene: DemoScene) {
  const drawing = createDrawing(scene);
  const backdrop = createCanvas();
  drawing.backdrop(backdrop);
  const pictures = scene.periodS * drawnPerSecond;
  for (let picture = 0; picture < pictures; picture += 1) {
    const canvas = { ...backdrop, pixels: backdrop.pixels.slice() };
    drawing.frame(canvas, picture / pictures);
    // Told also when the pipe breaks: then there is nobody left to draw for.
    const isTaken = await new Promise<boolean>((resolve) => sink.write(canvas.pixels, (error) => resolve(error == null)));
    if (!isTaken) return;
  }
  sink.end();
}

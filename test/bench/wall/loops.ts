import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import type { StreamQuality } from '#contract/cameras/index.ts';
import { codeColumns, codeHeight, writeCode } from './code.ts';

/** Frames per second of every source. */
export const fps = 12.5;
/** Frames of a loop: 24 s, so that no age below that can be mistaken. Whole groups of pictures of 2 s. */
export const loopFrames = 300;

const sizes = { sub: { width: 640, height: 360, kbps: 450 }, main: { width: 1280, height: 720, kbps: 1_300 } } as const;
const folder = path.resolve(import.meta.dirname, '../../../.cache/bench-wall');

/** Where the loop of a camera lies. Cameras count from 1. */
export function loopFile({ camera, quality }: { camera: number; quality: StreamQuality }): string {
  return path.join(folder, `v1-${camera}-${quality}.mp4`);
}

/** Draws what is missing, once: a test card with noise, about as many bits as the demo's cameras, no B-frames, a key frame every 2 s. */
export async function drawLoops({ cameras, qualities }: { cameras: number; qualities: readonly StreamQuality[] }): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const quality of qualities) {
    for (let camera = 1; camera <= cameras; camera += 1) {
      if (existsSync(loopFile({ camera, quality }))) continue;
      process.stderr.write(`drawing picture ${camera} of ${cameras} (${quality})\n`);
      await drawLoop({ camera, quality });
    }
  }
}

async function drawLoop({ camera, quality }: { camera: number; quality: StreamQuality }): Promise<void> {
  const { width, height, kbps } = sizes[quality];
  const file = loopFile({ camera, quality });
  const unfinished = `${file}.${process.pid}.mp4`;
  const picture = `testsrc2=size=${width}x${height}:rate=25/2,hue=h=${(camera * 47) % 360}:s=0.6,noise=alls=6:allf=t`;
  const strip = ['-f', 'rawvideo', '-pix_fmt', 'gray', '-video_size', `${codeColumns}x1`, '-framerate', '25/2', '-i', 'pipe:0'];
  const filter = `[1]scale=${width}:${height * codeHeight}:flags=neighbor[code];[0][code]overlay=0:0:shortest=1,format=yuv420p`;
  const encoder = ['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high', '-bf', '0', '-g', '25', '-sc_threshold', '0'];
  const rate = ['-b:v', `${kbps}k`, '-maxrate', `${kbps}k`, '-bufsize', `${kbps * 2}k`];
  const output = ['-frames:v', `${loopFrames}`, '-movflags', '+faststart', unfinished];
  const words = ['-v', 'error', '-y', '-f', 'lavfi', '-i', picture, ...strip, '-filter_complex', filter, ...encoder, ...rate, ...output];
  const ffmpeg = spawn('ffmpeg', words, { stdio: ['pipe', 'inherit', 'inherit'] });
  const exited = once(ffmpeg, 'exit') as Promise<[number | null]>;
  // It may have its frames before it has read all of them.
  ffmpeg.stdin.on('error', () => {});
  ffmpeg.stdin.end(Buffer.concat(Array.from({ length: loopFrames }, (_, frame) => writeCode({ camera, frame }))));
  const [code] = await exited;
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}`);
  renameSync(unfinished, file);
}

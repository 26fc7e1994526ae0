import path from 'node:path';
import type { StreamQuality } from '#contract/cameras/index.ts';

/**
 * Where the loop of a demo camera lies: an MP4 (H.264 without B-frames, a closed group of pictures every 2 s). The file is made by
 * tools/demoLoops.ts and replaced as a whole when its drawing changes; it may not be there yet.
 */
export function demoLoopPath({ cacheDir, cameraId, quality }: { cacheDir: string; cameraId: string; quality: StreamQuality }): string {
  return path.join(cacheDir, `${cameraId}-${quality}.mp4`);
}

import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { demoScenes } from '#platform/cameras/demo/index.ts';
import { synthesiseLoop } from './synthesiseLoop.ts';

/** What a worker says: that it wants work, what it has done, or what went wrong. */
export type WorkerReport =
  | { readonly kind: 'done'; readonly cameraId: string; readonly main: number; readonly sub: number; readonly seconds: number }
  | { readonly kind: 'failed'; readonly cameraId: string; readonly reason: string };

const { cacheDir } = z.object({ cacheDir: z.string() }).parse(workerData);

parentPort?.on('message', (cameraId: string) => {
  void synthesise(cameraId).then((report) => parentPort?.postMessage(report));
});

async function synthesise(cameraId: string): Promise<WorkerReport> {
  const scene = demoScenes().find((candidate) => candidate.cameraId === cameraId);
  if (scene === undefined) return { kind: 'failed', cameraId, reason: 'no such demo camera' };
  const startedAt = performance.now();
  try {
    const bytes = await synthesiseLoop({ scene, cacheDir });
    return { kind: 'done', cameraId, ...bytes, seconds: (performance.now() - startedAt) / 1000 };
  } catch (error) {
    return { kind: 'failed', cameraId, reason: error instanceof Error ? error.message : String(error) };
  }
}

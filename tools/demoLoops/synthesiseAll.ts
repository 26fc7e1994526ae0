import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { WorkerReport } from './worker.ts';

/**
 * Synthesises loops side by side, each in a thread with an ffmpeg of its own. `onReport` is told one by one, in the order they end;
 * after a failure no further loop is begun.
 */
export async function synthesiseAll({ cameraIds, cacheDir, threads, onReport }: Synthesis): Promise<void> {
  const waiting = [...cameraIds];
  const workers = Array.from(
    { length: Math.min(threads, waiting.length) },
    () => new Worker(new URL('./worker.ts', import.meta.url), { workerData: { cacheDir } }),
  );
  try {
    await Promise.all(
      workers.map(async (worker) => {
        for (let cameraId = waiting.shift(); cameraId !== undefined; cameraId = waiting.shift()) {
          worker.postMessage(cameraId);
          const [report] = (await once(worker, 'message')) as [WorkerReport];
          if (report.kind === 'failed') waiting.length = 0;
          await onReport(report);
        }
      }),
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

type Synthesis = {
  cameraIds: readonly string[];
  cacheDir: string;
  threads: number;
  onReport: (report: WorkerReport) => Promise<void>;
};

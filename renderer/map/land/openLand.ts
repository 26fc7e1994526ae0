import { createBirpc } from 'birpc';
import type { Land } from './createLand.ts';
import type { LandFunctions } from './landWorker.ts';

/** The land of a pack, asked off the main thread. */
export type OpenLand = Land & { close(): void };

/** Starts a worker for the pack of this hash; its files are read when they are first needed. Questions that wait at `close` reject. */
export function openLand(contentHash: string): OpenLand {
  const worker = new Worker(new URL('./landWorker.ts', import.meta.url), { type: 'module', name: contentHash });
  const remote = createBirpc<LandFunctions>(
    {},
    {
      post: (message) => worker.postMessage(message),
      on: (take) => worker.addEventListener('message', ({ data }) => take(data)),
      timeout: -1,
    },
  );
  return {
    waysTo: (question) => remote.waysTo(question),
    camerasFor: (question) => remote.camerasFor(question),
    close: () => {
      remote.$close();
      worker.terminate();
    },
  };
}

import type { ClusterAnswer, ClusterQuestion } from './clusterMessages.ts';

/** Groups of cameras, made off the main thread. */
export type Clusters = {
  setPoints(points: { readonly lngLat: Float64Array; readonly severities: Uint8Array }): void;
  /** Asks for what this view shows; the answer comes to `onGroups`, unless a newer view was asked for meanwhile. */
  ask(view: { readonly bounds: readonly [number, number, number, number]; readonly zoom: number }): void;
  close(): void;
};

/** Starts the worker. */
export function openClusters(onGroups: (groups: ClusterAnswer) => void): Clusters {
  const worker = new Worker(new URL('./clusterWorker.ts', import.meta.url), { type: 'module' });
  const tell = (question: ClusterQuestion) => worker.postMessage(question);
  let asked = 0;
  worker.addEventListener('message', ({ data }: MessageEvent<ClusterAnswer>) => {
    if (data.asked === asked) onGroups(data);
  });
  return {
    setPoints: ({ lngLat, severities }) => tell({ kind: 'points', lngLat, severities }),
    ask: ({ bounds, zoom }) => {
      asked += 1;
      tell({ kind: 'view', asked, bounds, zoom });
    },
    close: () => worker.terminate(),
  };
}

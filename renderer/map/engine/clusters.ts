import { type ClusterIndex, createClusterIndex } from './clusterIndex.ts';
import type { ClusterAnswer, ClusterQuestion } from './clusterMessages.ts';

/** Groups of cameras, made off the main thread. */
export type Clusters = {
  setPoints(points: { readonly lngLat: Float64Array; readonly severities: Uint8Array }): void;
  /** Asks for what this view shows; the answer comes to `onGroups`, unless a newer view was asked for meanwhile. */
  ask(view: { readonly bounds: readonly [number, number, number, number]; readonly zoom: number }): void;
  close(): void;
};

/** A thread of its own, as far as it is used. */
export type ClusterThread = Pick<Worker, 'postMessage' | 'terminate'> & {
  addEventListener(type: 'message', listener: (event: MessageEvent<ClusterAnswer>) => void): void;
};

// Grouped within some 10 ms: less than a thread takes to start while a map is opened beside it. More of them are waited for.
const mostHere = 4_000;

/** Starts the worker. Until it has answered once, so many cameras as take no time are grouped here: the first picture of a map has its cameras. */
export function openClusters({
  onGroups,
  startThread,
}: {
  onGroups: (groups: ClusterAnswer) => void;
  startThread: () => ClusterThread;
}): Clusters {
  const thread = startThread();
  const tell = (question: ClusterQuestion) => thread.postMessage(question);
  let here: ClusterIndex | null = createClusterIndex();
  let count = 0;
  let asked = 0;
  let answered = 0;
  const take = (answer: ClusterAnswer) => {
    // Of a view that is answered already the other answer is the same.
    if (answer.asked !== asked || answered === asked) return;
    answered = asked;
    onGroups(answer);
  };
  thread.addEventListener('message', ({ data }) => {
    here = null;
    take(data);
  });
  return {
    setPoints: (points) => {
      count = points.severities.length;
      if (count <= mostHere) here?.setPoints(points);
      tell({ kind: 'points', ...points });
    },
    ask: (view) => {
      asked += 1;
      const question = { kind: 'view', asked, ...view } as const;
      tell(question);
      if (here !== null && count <= mostHere) take(here.answer(question));
    },
    close: () => thread.terminate(),
  };
}

/** The worker's own thread. */
export function startClusterThread(): ClusterThread {
  return new Worker(new URL('./clusterWorker.ts', import.meta.url), { type: 'module' });
}

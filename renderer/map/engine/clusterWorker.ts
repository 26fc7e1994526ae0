import { createClusterIndex } from './clusterIndex.ts';
import type { ClusterQuestion } from './clusterMessages.ts';

const index = createClusterIndex();

self.addEventListener('message', ({ data }: MessageEvent<ClusterQuestion>) => {
  if (data.kind === 'points') index.setPoints(data);
  else self.postMessage(index.answer(data));
});

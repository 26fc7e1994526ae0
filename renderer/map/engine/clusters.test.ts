import { expect, test } from 'vitest';
import { createClusterIndex } from './clusterIndex.ts';
import type { ClusterAnswer, ClusterQuestion } from './clusterMessages.ts';
import { openClusters } from './clusters.ts';

const view = { bounds: [108, 33, 109, 34], zoom: 12 } as const;

function cameras(count: number, severity = 0) {
  const lngLat = Float64Array.from({ length: count * 2 }, (_, at) => (at % 2 === 0 ? 108.5 : 33.5) + at / 1_000_000);
  return { lngLat, severities: new Uint8Array(count).fill(severity) };
}

/** A thread that answers when it is let. */
function open() {
  const groups: ClusterAnswer[] = [];
  const waiting: ClusterQuestion[] = [];
  let listener = (_: MessageEvent<ClusterAnswer>) => {};
  const clusters = openClusters({
    onGroups: (answer) => groups.push(answer),
    startThread: () => ({
      postMessage: (question: ClusterQuestion) => void waiting.push(question),
      terminate: () => {},
      addEventListener: (_, next) => {
        listener = next;
      },
    }),
  });
  const index = createClusterIndex();
  const letAnswer = () => {
    for (const question of waiting.splice(0)) {
      if (question.kind === 'points') index.setPoints(question);
      else listener({ data: index.answer(question) } as MessageEvent<ClusterAnswer>);
    }
  };
  const counts = () => groups.map((answer) => answer.counts.reduce((sum, count) => sum + count, 0));
  return { clusters, counts, letAnswer, groups };
}

test('a small county is grouped before the thread has started, and told once', () => {
  const { clusters, counts, letAnswer } = open();
  clusters.setPoints(cameras(50));
  clusters.ask(view);
  expect(counts()).toEqual([50]);
  letAnswer();
  expect(counts()).toEqual([50]);
});

test('from its first answer on the thread alone groups, and only the newest view is told', () => {
  const { clusters, counts, letAnswer } = open();
  clusters.setPoints(cameras(50));
  clusters.ask(view);
  letAnswer();
  clusters.setPoints(cameras(70));
  clusters.ask(view);
  clusters.ask(view);
  expect(counts()).toEqual([50]);
  letAnswer();
  expect(counts()).toEqual([50, 70]);
});

test('very many cameras are left to the thread from the first', () => {
  const { clusters, counts, letAnswer } = open();
  clusters.setPoints(cameras(5_000));
  clusters.ask(view);
  expect(counts()).toEqual([]);
  letAnswer();
  expect(counts()).toEqual([5_000]);
});

test('a group shows the worst state inside', () => {
  const { clusters, groups } = open();
  const points = cameras(50);
  points.severities[7] = 3;
  clusters.setPoints(points);
  clusters.ask(view);
  expect([...(groups[0]?.severities ?? [])]).toEqual([3]);
});

import { expect, test } from 'vitest';
import { type Acked, createAckLine } from './ackLine.ts';

test('two small fragments are acknowledged together, a large one at once with what went before', () => {
  const sent: Acked[] = [];
  const acks = createAckLine((acked) => sent.push(acked));
  for (const [mediaTime, bytes] of [
    [1, 9_000],
    [1.24, 9_000],
    [1.48, 9_000],
    [1.72, 200_000],
    [1.96, 40_000],
    [2.2, 9_000],
  ] as const) {
    acks.appended({ mediaTime, bytes });
  }
  expect(sent).toEqual([
    { mediaTime: 1.24, bytes: 18_000 },
    { mediaTime: 1.72, bytes: 209_000 },
    { mediaTime: 1.96, bytes: 40_000 },
  ]);
});

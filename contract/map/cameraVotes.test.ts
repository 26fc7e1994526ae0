import { expect, test } from 'vitest';
import type { CameraId, LngLat } from '#contract/values/index.ts';
import { type CameraVote, mostVotes, votesNear, withVote } from './cameraVotes.ts';

const [bridge, square]: [LngLat, LngLat] = [
  [108, 33],
  [108.01, 33],
];
const beside: LngLat = [108.0005, 33];
const [a, b] = ['a' as CameraId, 'b' as CameraId];

test('of a camera there is one word for a place, the last one, and it can be taken back', () => {
  const twice = withVote(withVote([], { cameraId: a, at: bridge, word: 'up' }), { cameraId: a, at: beside, word: 'down' });
  expect(twice).toEqual([{ cameraId: a, at: beside, word: 'down' }]);
  expect(withVote(twice, { cameraId: a, at: bridge, word: 'none' })).toEqual([]);
});

test('a word counts for its place and not for another, nor for another camera', () => {
  const votes: CameraVote[] = [
    { cameraId: a, at: bridge, word: 'up' },
    { cameraId: a, at: square, word: 'down' },
    { cameraId: b, at: bridge, word: 'down' },
  ];
  expect([...votesNear(votes, beside)]).toEqual([
    [a, 1],
    [b, -1],
  ]);
  expect([...votesNear(votes, square)]).toEqual([[a, -1]]);
});

test('the oldest words are forgotten first', () => {
  const votes = Array.from(
    { length: mostVotes },
    (_, index): CameraVote => ({ cameraId: `k${index}` as CameraId, at: bridge, word: 'up' }),
  );
  const more = withVote(votes, { cameraId: b, at: bridge, word: 'up' });
  expect([more.length, more[0]?.cameraId, more.at(-1)?.cameraId]).toEqual([mostVotes, 'k1', b]);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FeedFact } from '#contract/record/index.ts';
import { chunkBytes, cutText, factsPerMessage, fitting } from './chunks.ts';

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
const feedFact = (seq: number, payload: string) => ({ feed: 'county/al', seq, fact: { payload } }) as unknown as FeedFact;

test('a text joins again to what it was and no chunk is too long for a message', () => {
  const units = ['安', '"', '\\', '{"version":1,"name":"东门路口"}', '😀x'];
  fc.assert(
    fc.property(fc.constantFrom(...units), fc.integer({ min: 1, max: 200_000 }), (unit, length) => {
      const text = unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
      const chunks = cutText(text);
      return chunks.join('') === text && chunks.every((chunk) => bytesOf(chunk) <= chunkBytes);
    }),
    { numRuns: 40, seed: 7 },
  );
});

test('an empty text is one chunk', () => {
  expect(cutText('')).toEqual(['']);
});

test('facts are cut by bytes, by number, and never to nothing', () => {
  const large = Array.from({ length: 10 }, (_, index) => feedFact(index + 1, '安'.repeat(30_000)));
  const many = Array.from({ length: 3_000 }, (_, index) => feedFact(index + 1, '{}'));
  const huge = [feedFact(1, '安'.repeat(100_000)), feedFact(2, '{}')];
  expect([fitting(large).length, fitting(many).length, fitting(huge).length, fitting([]).length]).toEqual([2, factsPerMessage, 1, 0]);
});

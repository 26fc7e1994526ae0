import { expect, test } from 'vitest';
import { judge, readBounds, readRatios } from './benchCheck.mjs';

const targets = { lost: { max: 0, says: 'facts lost' }, share: { min: 0.5, says: 'ours / theirs' } };

test('a target is met at its bound, short beyond it, and short when nobody measured it', () => {
  const met = (ratios: Record<string, unknown>) => judge({ targets, ratios, only: [] }).map(({ isMet }) => isMet);
  expect([met({ lost: 0, share: 0.5 }), met({ lost: 1, share: 0.49 }), met({}), met({ lost: '0', share: null })]).toEqual([
    [true, true],
    [false, false],
    [false, false],
    [false, false],
  ]);
});

test('only the keys that are asked for are judged, and the line says value, bound and meaning', () => {
  expect(judge({ targets, ratios: { share: 0.7 }, only: ['share'] })).toEqual([
    { key: 'share', isMet: true, line: 'met   share 0.7 (>= 0.5) ours / theirs' },
  ]);
});

test('the last line of the output counts, and what is no JSON of a benchmark is said to be none', () => {
  expect(['a table\n{"ratios":{"lost":0}}\n', 'a table', '', '{"ratios":null}'].map(readRatios)).toEqual([
    { lost: 0 },
    ...[undefined, undefined, undefined],
  ]);
});

test('what is said of a key without a ratio is read beside the ratios, and never among them', () => {
  const line = '{"ratios":{"lost":0},"bounds":{"share":{"atMost":0.5}}}';
  expect([readRatios(line), readBounds(line), readBounds('{"ratios":{}}')]).toEqual([{ lost: 0 }, { share: { atMost: 0.5 } }, {}]);
});

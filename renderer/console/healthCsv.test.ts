import { expect, test } from 'vitest';
import type { Camera, HealthRow } from '#contract/cameras/index.ts';
import { healthCsv } from './healthCsv.ts';

const camera = { number: '0101', maintainer: '=cmd()', maintainerPhone: '000-1' } as Camera;
const words = {
  columns: ['a', 'b'],
  state: () => 'lost',
  name: () => 'East',
  time: (atMs: number) => `at ${atMs}`,
  grade: ({ graded }: HealthRow) => graded?.grade ?? 'none',
  remarks: ({ graded }: HealthRow) => (graded?.remarks ?? []).map(({ code }) => code).join(),
  day: (atMs: number) => `day ${atMs}`,
};
const row: HealthRow = { camera, state: 'lost', sinceMs: 5, condition: null, viewers: 0, restarts: 0, live: null, graded: null };

test('one line per camera, empty where nothing is known; a name that is a formula is only text', () => {
  const [head, line] = healthCsv([row], words).split('\r\n');
  expect(head).toContain('"a","b"');
  expect(line).toBe(`"0101","East","lost","at 5","","","","","","","","none","","","'=cmd()","000-1"`);
});

test('figures are bare numbers: seconds and kilobits', () => {
  const live = {
    framesPerSecond: 25,
    bitsPerSecond: 419_400,
    delayMs: 1_500,
    clockOffsetMs: 180_000,
    lastPictureAtMs: 9,
  } as HealthRow['live'];
  const [, line] = healthCsv([{ ...row, live, viewers: 2 }], words).split('\r\n');
  expect(line).toContain('"25","419","1.5","0","2","180","at 9"');
});

test('what was found of its streams: the grade, its reasons, and when', () => {
  const graded = {
    grade: 'remarks',
    remarks: [
      { code: 'smartCodec', quality: 'main' },
      { code: 'noSub', quality: null },
    ],
  } as const;
  const condition = { probed: { atMs: 7, streams: [] } } as unknown as HealthRow['condition'];
  const [, line] = healthCsv([{ ...row, graded, condition }], words).split('\r\n');
  expect(line).toContain('"remarks","smartCodec,noSub","day 7 at 7"');
});

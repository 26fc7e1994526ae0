import { expect, test } from 'vitest';
import { masksText, readMasks } from './maskText.ts';

test('areas are read as they are written', () => {
  const text = '0.1,0.1 0.5,0.1 0.5,0.45; 0.6,0.9 0.75,0.5 1,0.9';
  const read = readMasks(text);
  expect([read.ok && masksText(read.value ?? undefined), readMasks(' '), masksText(undefined)]).toEqual([
    text,
    { ok: true, value: null },
    '',
  ]);
});

test('commas and semicolons of a Chinese keyboard are the same', () => {
  expect(readMasks('0，0 1，0 1，1； 0,0 0,1 1,1')).toMatchObject({ ok: true, value: [{ length: 3 }, { length: 3 }] });
});

test.each([
  '0.1,0.1 0.5,0.1',
  '0.1,0.1 0.5,0.1 1.5,0.2',
  '10,10 50,10 50,45',
  '0.1 0.1 0.5 0.1',
  'NaN,0 1,0 1,1',
  '0,0,0 1,0 1,1',
  '-0.1,0 1,0 1,1',
  `${'0,0 1,0 1,1;'.repeat(9)}0,0 1,0 1,1`,
  `${'0.5,0.5 '.repeat(2_000)}`,
])('%.40s is no mask', (text) => {
  expect(readMasks(text)).toEqual({ ok: false, refusal: { code: 'directory.import.badMask' } });
});

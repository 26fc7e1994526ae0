import { expect, test } from 'vitest';
import { toCsv } from './csv.ts';

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('a cell that begins like a formula (%j) is text', (cell) => {
  expect(toCsv([[cell]])).toBe(`\uFEFF"'${cell}"\r\n`);
});

test('quotes, commas and line breaks stay in their cell, and Excel is told the encoding', () => {
  expect(
    toCsv([
      ['镇', 'a "b", c'],
      ['1\n2', ''],
    ]),
  ).toBe('\uFEFF"镇","a ""b"", c"\r\n"1\n2",""\r\n');
});

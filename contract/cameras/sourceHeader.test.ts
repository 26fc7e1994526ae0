import { expect, test } from 'vitest';
import { readSourceHeader, writeSourceHeader } from './sourceHeader.ts';

test('what a playlist says of its source is read as it was written; nothing else is believed', () => {
  const said = [{ kind: 'flowing' }, { kind: 'lost', sinceMs: 1_763_800_000_000 }, { kind: 'unmoving', sinceMs: 5 }] as const;
  expect(said.map((source) => readSourceHeader(writeSourceHeader(source)))).toEqual(said);
  expect([
    writeSourceHeader({ kind: 'unknown' }),
    readSourceHeader(null),
    readSourceHeader('lost'),
    readSourceHeader('unmoving x'),
  ]).toEqual([null, null, null, null]);
});

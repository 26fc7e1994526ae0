import { expect, test } from 'vitest';
import { readByteRange, readPackPath } from './byteRange.ts';
import { packFilePath } from './pack.ts';

const whole = { kind: 'whole' };
const beyond = { kind: 'beyond' };
const part = (start: number, end: number) => ({ kind: 'part', start, end });

test.each([
  [undefined, whole],
  ['bytes=0-9', part(0, 9)],
  ['bytes=90-', part(90, 99)],
  ['bytes=-10', part(90, 99)],
  ['bytes=-1000', part(0, 99)],
  ['bytes=50-1000', part(50, 99)],
  ['bytes=99-99', part(99, 99)],
  ['bytes=100-', beyond],
  ['bytes=100-200', beyond],
  ['bytes=-0', beyond],
  ['bytes=9-3', whole],
  ['bytes=-', whole],
  ['bytes=0-1,5-6', whole],
  ['lines=0-1', whole],
  ['bytes=a-b', whole],
  ['bytes=0-99999999999999999999', whole],
])('of a file of 100 bytes "%s" asks for the right ones', (header, range) => {
  expect(readByteRange({ header, size: 100 })).toEqual(range);
});

test('an empty file has no part', () => {
  expect(readByteRange({ header: 'bytes=0-', size: 0 })).toEqual(beyond);
});

test('the path of a file is read back, and nothing that leads elsewhere', () => {
  const hash = 'c'.repeat(64);
  expect(readPackPath(packFilePath({ hash, file: 'base.pmtiles' }))).toEqual({ hash, file: 'base.pmtiles' });
  const others = [
    `/map/pack/${hash}/../x`,
    `/map/pack/${hash}/.recipe`,
    `/map/pack/${hash}/a%2fb`,
    '/map/pack/manifest.json',
    `/map/pack/${hash}/`,
  ];
  expect(others.map(readPackPath)).toEqual(others.map(() => null));
});

import { expect, test } from 'vitest';
import { decodePiece, encodePiece, type PushPiece } from './pushPiece.ts';

const piece: PushPiece = {
  channel: 7,
  fragment: 42,
  isInit: false,
  isKey: true,
  isAfterHole: false,
  isLast: true,
  mediaTime: 12.48,
  durationS: 0.24,
  arrivedAtMs: 1_763_800_000_123,
  sourceAtMs: null,
  payload: Uint8Array.of(1, 2, 3),
};

test('a picture piece reads back as it was written, also from the middle of a larger buffer', () => {
  const written = encodePiece(piece);
  const shifted = new Uint8Array(written.length + 5);
  shifted.set(written, 5);
  expect(decodePiece(shifted.subarray(5))).toEqual(piece);
});

test('bytes that are no piece are answered with null, never thrown', () => {
  expect([decodePiece(new Uint8Array(3)), decodePiece(new Uint8Array(64))]).toEqual([null, null]);
});

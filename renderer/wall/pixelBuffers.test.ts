import { expect, test } from 'vitest';
import { createPixelBuffers, type Sheet, type SheetSize } from './pixelBuffers.ts';

test('memory is used again where it fits, and never by two at once', () => {
  const buffers = createPixelBuffers();
  const first = buffers.take(16);
  const second = buffers.take(16);
  expect(second).not.toBe(first);
  buffers.giveBack(first);
  expect(buffers.take(32)).toHaveLength(32);
  buffers.giveBack(second);
  expect(buffers.take(16)).toBe(second);
});

/** Node draws nothing: a sheet is known by its size only. */
const sheetOf = (size: SheetSize) => ({ image: size, canvas: {} }) as unknown as Sheet;

test('a sheet is used again for small pictures of its size, and never by two at once', () => {
  const buffers = createPixelBuffers({ openSheet: sheetOf });
  const size = { width: 240, height: 135 };
  const first = buffers.takeSheet(size);
  const second = buffers.takeSheet(size);
  expect(second).not.toBe(first);
  buffers.giveBackSheet(first);
  buffers.giveBackSheet(second);
  expect(buffers.takeSheet({ ...size, height: 180 }).image).toMatchObject({ height: 180 });
  buffers.giveBackSheet(second);
  expect(buffers.takeSheet(size)).toBe(second);
});

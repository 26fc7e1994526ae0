import { expect, test } from 'vitest';
import { createPixelBuffers } from './pixelBuffers.ts';

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

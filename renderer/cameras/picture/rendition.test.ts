import { expect, test } from 'vitest';
import type { StreamQuality } from '#contract/cameras/index.ts';
import { createSteadyRendition, qualityFor } from './rendition.ts';

const streams: StreamQuality[] = ['main', 'sub'];

test('a tile takes the full picture above 960 device pixels, and keeps it down to 760', () => {
  const at = (widthDevicePx: number, before: StreamQuality | null) => qualityFor({ streams, widthDevicePx, before });
  expect([at(960, null), at(961, null), at(900, 'main'), at(900, 'sub'), at(760, 'main')]).toEqual(['sub', 'main', 'main', 'sub', 'sub']);
});

test('a camera of one stream is shown in that, one of none not at all', () => {
  expect(qualityFor({ streams: ['main'], widthDevicePx: 200 })).toBe('main');
  expect(qualityFor({ streams: [], widthDevicePx: 2_000 })).toBeNull();
});

/** A rendition that follows widths; timers run when the test says so. */
function follow() {
  const told: (StreamQuality | null)[] = [];
  let waiting: (() => void) | null = null;
  const steady = createSteadyRendition({
    timers: {
      afterMs: (_, run) => {
        waiting = run;
        return () => {
          if (waiting === run) waiting = null;
        };
      },
    },
    onQuality: (quality) => told.push(quality),
  });
  const rest = () => {
    waiting?.();
    waiting = null;
  };
  return { steady, told, rest };
}

test('a layout that moves changes nothing until it rests', () => {
  const { steady, told, rest } = follow();
  steady.follow({ streams, widthDevicePx: 640 });
  for (const widthDevicePx of [800, 1_000, 1_400, 1_920]) steady.follow({ streams, widthDevicePx });
  expect(told).toEqual(['sub']);
  rest();
  expect(told).toEqual(['sub', 'main']);
  steady.follow({ streams, widthDevicePx: 700 });
  steady.follow({ streams, widthDevicePx: 1_920 });
  rest();
  expect(told).toEqual(['sub', 'main']);
});

test('a stream that the camera has no more is left at once', () => {
  const { steady, told } = follow();
  steady.follow({ streams, widthDevicePx: 1_920 });
  steady.follow({ streams: ['sub'], widthDevicePx: 1_920 });
  expect(told).toEqual(['main', 'sub']);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CameraId } from '#contract/values/index.ts';
import { Tile } from '#contract/wall/index.ts';
import { cameraTileFor, lookOf, purposeOf, withZoom, zoomOf } from './cameraContent.ts';
import { noZoom, panBy, type Zoom, zoomBy, zoomKey, zoomLimits } from './zoom.ts';

const moves = fc.array(
  fc.oneof(
    fc.record({ factor: fc.double({ min: 0.2, max: 5, noNaN: true }), x: fc.double({ min: 0, max: 1, noNaN: true }) }),
    fc.record({ dx: fc.double({ min: -2, max: 2, noNaN: true }), dy: fc.double({ min: -2, max: 2, noNaN: true }) }),
  ),
  { maxLength: 12 },
);

function after(start: Zoom, move: { factor: number; x: number } | { dx: number; dy: number }): Zoom {
  return 'factor' in move ? zoomBy(start, { factor: move.factor, at: { x: move.x, y: 0.3 } }) : panBy(start, move);
}

describe('zooming', () => {
  test('never shows what is beyond the picture, and never more than eight times', () => {
    fc.assert(
      fc.property(moves, (list) => {
        const { scale, x, y } = list.reduce(after, noZoom);
        expect(scale).toBeGreaterThanOrEqual(1);
        expect(scale).toBeLessThanOrEqual(zoomLimits.most);
        for (const at of [x, y]) {
          expect(at - 0.5 / scale).toBeGreaterThan(-0.001);
          expect(at + 0.5 / scale).toBeLessThan(1.001);
        }
      }),
      { numRuns: 300, seed: 11 },
    );
  });

  test('keeps what is under the pointer where it is', () => {
    const at = { x: 0.7, y: 0.4 };
    const point = ({ scale, x, y }: Zoom) => [x + (at.x - 0.5) / scale, y + (at.y - 0.5) / scale];
    const near = zoomBy(noZoom, { factor: 2, at });
    const nearer = zoomBy(near, { factor: 2, at });
    expect(point(nearer).map((part) => part.toFixed(3))).toEqual(point(near).map((part) => part.toFixed(3)));
    expect(nearer.scale).toBe(4);
  });

  test('works by keys, and 0 shows the whole picture again', () => {
    const near = zoomKey(noZoom, '+') ?? noZoom;
    const right = zoomKey(near, 'ArrowRight') ?? noZoom;
    expect([near.scale, right.x > near.x, zoomKey(right, '0'), zoomKey(near, '-'), zoomKey(near, 'a')]).toEqual([
      1.25,
      true,
      noZoom,
      noZoom,
      null,
    ]);
  });
});

describe('a camera tile', () => {
  const camera = 'c1' as CameraId;

  test('is patrol and the whole picture as long as nothing else is said', () => {
    const tile = cameraTileFor(camera);
    expect([tile.content, purposeOf(tile), zoomOf(tile)]).toEqual([{ cameraId: camera }, { kind: 'patrol', reference: null }, noZoom]);
  });

  test('keeps its look while it is zoomed, and is another one for another purpose', () => {
    const tile = cameraTileFor(camera, { kind: 'incident', reference: 'A-12' });
    const near = withZoom(tile, { scale: 2, x: 0.4, y: 0.6 });
    expect(zoomOf(Tile.parse(near))).toEqual({ scale: 2, x: 0.4, y: 0.6 });
    expect(withZoom(near, noZoom)).toEqual(tile);
    expect([lookOf(near) === lookOf(tile), lookOf(cameraTileFor(camera)) === lookOf(tile)]).toEqual([true, false]);
  });
});

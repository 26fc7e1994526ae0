import { expect, test } from 'vitest';
import type { CameraId } from '#contract/values/index.ts';
import { type DisplayScene, maxCells } from '#contract/wall/index.ts';
import { wallOffer } from './wallOffer.ts';

const sceneOf = (ids: readonly (string | null)[]): DisplayScene => {
  const tiles = Array.from({ length: maxCells }, (_, cell) => {
    const cameraId = ids[cell] ?? null;
    return cameraId === null ? null : { kind: 'camera', content: { cameraId } };
  });
  return { displayKey: 'HDMI-1', keySource: 'connector', number: 1, widthPx: 1920, heightPx: 1080, layout: 4, tiles } as DisplayScene;
};
const four = ['a', 'b', 'c', 'd'] as CameraId[];
const cellsOf = (ids: readonly (string | null)[], wanted = four) => {
  const { placed, ...counts } = wallOffer(sceneOf(ids), wanted);
  return { cells: placed.map(({ cell, cameraId }) => `${cell}${cameraId}`), ...counts };
};

test('free cells are filled first, then those from the last one on', () => {
  expect(cellsOf([null, 'x', null, 'y'])).toEqual({ cells: ['0a', '2b', '1c', '3d'], replaced: 2, there: 0, left: 0 });
  expect(cellsOf(['x', 'y', 'z', null], four.slice(0, 2))).toEqual({ cells: ['3a', '2b'], replaced: 1, there: 0, left: 0 });
});

test('what is shown already stays where it is and is counted as there', () => {
  expect(cellsOf(['b', 'x', 'y', 'z'])).toEqual({ cells: ['1a', '2c', '3d'], replaced: 3, there: 1, left: 0 });
  expect(cellsOf(['d', 'c', 'b', 'a'])).toEqual({ cells: [], replaced: 0, there: 4, left: 0 });
});

test('what finds no cell is counted', () => {
  const six = [...four, 'e', 'f'] as CameraId[];
  expect(cellsOf([], six)).toEqual({ cells: ['0a', '1b', '2c', '3d'], replaced: 0, there: 0, left: 2 });
});

import { expect, test } from 'vitest';
import { textEm } from '../wall/index.ts';
import { fitWatermark } from './watermarkFit.ts';

const parts = { name: '王建国', deskId: '0193f2a1-77c0-7abc', day: '2026-11-22', minutes: '08:31' };
const fit = (widthPx: number, sizePx: number) => fitWatermark({ widthPx, sizePx, parts });

test('a wide tile has it in one line, a small one in two with less of the desk’s id', () => {
  expect([fit(1920, 50).lines, fit(960, 50).lines, fit(640, 50).lines]).toEqual([
    ['王建国 · 0193f2a1-77c0 · 2026-11-22 08:31'],
    ['王建国 · 08:31', '0193f2a1-77c0 · 2026-11-22'],
    ['王建国 · 08:31', '0193f2a1 · 2026-11-22'],
  ]);
});

test('it stays within the tile while it wanders, and no smaller than can be read, in every layout up to 36', () => {
  for (const tilesAcross of [1, 2, 3, 4, 5, 6]) {
    const [widthPx, sizePx] = [3840 / tilesAcross, 50.3];
    const { lines, scale } = fit(widthPx, sizePx);
    const widestPx = Math.max(...lines.map(textEm)) * scale * sizePx;
    expect([tilesAcross, widestPx <= widthPx * 0.81, scale >= 0.75]).toEqual([tilesAcross, true, true]);
  }
});

test('where even that does not fit, it is not drawn ever smaller: legible and cut is better than not legible', () => {
  expect(fit(200, 50).scale).toBe(0.75);
});

test('there are as many copies as have room between badge and label, one in the smallest tile', () => {
  expect([3840, 1920, 960, 640].map((widthPx) => fit(widthPx, 50.3).copies)).toEqual([16, 7, 2, 1]);
});

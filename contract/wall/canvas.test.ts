import { describe, expect, test } from 'vitest';
import { type Bezel, type HungDisplay, wallCanvas } from './canvas.ts';
import type { DisplayKey } from './scene.ts';

const hung = (displayKey: string, at: { x?: number; y?: number } = {}, changes: Partial<HungDisplay> = {}): HungDisplay => ({
  ...{ displayKey: displayKey as DisplayKey, x: 0, y: 0, widthPx: 1920, heightPx: 1080, widthMm: null, heightMm: null, bezel: null },
  ...at,
  ...changes,
});
const laid = (displays: readonly HungDisplay[]) => {
  const { wide, high, areas } = wallCanvas(displays);
  return {
    size: [wide, high],
    ...Object.fromEntries([...areas].map(([key, { left, top, width, height }]) => [key, [left, top, width, height]])),
  };
};
const tenPx: Bezel = { unit: 'px', sides: 10, ends: 6 };

describe('one picture over several displays', () => {
  test('is as large as both where nothing lies between them', () => {
    expect(laid([hung('a'), hung('b', { x: 1920 })])).toEqual({ size: [3840, 1080], a: [0, 0, 1920, 1080], b: [1920, 0, 1920, 1080] });
  });

  test('goes on behind the edges of both neighbours, in rows and columns', () => {
    const four = [hung('a'), hung('b', { x: 1920 }), hung('c', { y: 1080 }), hung('d', { x: 1920, y: 1080 })];
    expect(laid(four.map((display) => ({ ...display, bezel: tenPx })))).toEqual({
      size: [3860, 2172],
      ...{ a: [0, 0, 1920, 1080], b: [1940, 0, 1920, 1080], c: [0, 1092, 1920, 1080], d: [1940, 1092, 1920, 1080] },
    });
  });

  test('reckons millimetres with the size that the panel tells, and with the usual one where it tells none', () => {
    const told = { widthMm: 1209, heightMm: 680, bezel: { unit: 'mm', sides: 5, ends: 5 } } as const;
    const [left, right] = [hung('a', {}, told), hung('b', { x: 1920 }, told)];
    // 1920 pixels on 1209 mm: ten millimetres are 15.9 of them.
    expect(laid([left, right])).toMatchObject({ b: [1936, 0, 1920, 1080] });
    const untold = [left, right].map((display) => ({ ...display, widthMm: null, heightMm: null }));
    expect(laid(untold)).toMatchObject({ b: [1958, 0, 1920, 1080] });
  });

  test('is as large in millimetres on a finer panel beside a coarser one', () => {
    const size = { widthMm: 1210, heightMm: 680 };
    const fine = hung('b', { x: 1920 }, { ...size, widthPx: 3840, heightPx: 2160 });
    expect(laid([hung('a', {}, size), fine])).toEqual({ size: [3840, 1080], a: [0, 0, 1920, 1080], b: [1920, 0, 1920, 1080] });
    // A panel that tells nothing is taken by its pixels.
    expect(laid([hung('a'), { ...fine, widthMm: null, heightMm: null }])).toMatchObject({ b: [1920, 0, 3840, 2160] });
  });

  test('takes equal panels whose millimetres are rounded as equal', () => {
    const panels = [hung('a', {}, { widthMm: 527, heightMm: 296 }), hung('b', { x: 1920 }, { widthMm: 531, heightMm: 299 })];
    expect(laid(panels)).toMatchObject({ b: [1920, 0, 1920, 1080] });
  });

  test('keeps an offset of the desktop: a row that begins further in, a display that hangs lower', () => {
    const pyramid = [hung('a', { x: 960 }), hung('b', { y: 1080 }), hung('c', { x: 1920, y: 1080 })];
    expect(laid(pyramid)).toMatchObject({ a: [960, 0, 1920, 1080], b: [0, 1080, 1920, 1080], c: [1920, 1080, 1920, 1080] });
    expect(laid([hung('a'), hung('b', { x: 1920, y: 100 })])).toMatchObject({ size: [3840, 1180], b: [1920, 100, 1920, 1080] });
  });

  test('begins at the first display, wherever that lies on the desktop, in whatever order they are told', () => {
    expect(laid([hung('b', { x: 5760 }), hung('a', { x: 3840 })])).toEqual({
      ...{ size: [3840, 1080], a: [0, 0, 1920, 1080], b: [1920, 0, 1920, 1080] },
    });
  });
});

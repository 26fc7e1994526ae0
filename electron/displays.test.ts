import type { Display } from 'electron';
import { describe, expect, test } from 'vitest';
import { toPresentDisplays } from './displays.ts';

const display = (id: number, x: number) =>
  ({ id, label: 'DELL U2723QE', bounds: { x, y: 0, width: 2560, height: 1440 }, scaleFactor: 1.5 }) as Display;

describe('the displays that Electron tells', () => {
  test('are known by their id, and by their place where there is none', () => {
    const same = { connector: 'DELL U2723QE', y: 0, widthPx: 2560, heightPx: 1440, scale: 1.5, widthMm: null, heightMm: null };
    expect(toPresentDisplays({ displays: [display(2_528_732_444, 0), display(-1, 2560)], primaryId: 2_528_732_444 })).toEqual([
      { ...same, displayKey: 'display-2528732444', keySource: 'connector', x: 0, isPrimary: true },
      { ...same, displayKey: 'at2560.0', keySource: 'position', x: 2560, isPrimary: false },
    ]);
  });
});

import { expect, test } from 'vitest';
import type { RegionId } from '#contract/values/index.ts';
import type { AreaLook } from './areaLayer.ts';
import { createAreaLevels } from './areaLevels.ts';
import type { MapColors } from './colors.ts';

const black = [0, 0, 0] as const;
const colors: MapColors = {
  ...{
    ground: black,
    line: black,
    text: black,
    quiet: black,
    good: black,
    stale: black,
    chosen: black,
    load: [black, black, black, black],
  },
  ...{ signs: { critical: black, major: black, minor: black }, areas: { critical: black, major: black } },
};
const square = [
  [108, 33],
  [108.02, 33],
  [108.02, 33.02],
  [108, 33.02],
  [108, 33],
] as [number, number][];

test('edges are wider on a wall that is read from afar, and know how many metres that is in the view of now', () => {
  const levels = createAreaLevels(colors);
  levels.setOutlines(new Map([['grid', [{ regionId: 'g' as RegionId, rings: [square] }]]]));
  levels.follow({ zoom: 11, latitude: 33 });
  const look = () => {
    const [layer] = levels.layers({ beforeId: undefined });
    const told = (layer?.props as unknown as { look: AreaLook } | undefined)?.look;
    return [told?.edgePx, Math.round(told?.metersPerPx ?? 0)];
  };
  expect(look()).toEqual([1, 32]);
  levels.setScale(3);
  levels.follow({ zoom: 12, latitude: 33 });
  expect(look()).toEqual([3, 16]);
});

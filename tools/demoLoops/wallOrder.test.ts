import { expect, test } from 'vitest';
import { spreadOverTowns } from '#main/wall/index.ts';
import { demoScenes } from '#platform/cameras/demo/index.ts';
import { generateDemoCounty } from '#platform/directory/index.ts';
import { inWallOrder } from './wallOrder.ts';

test('loops are drawn in the order in which a new room shows their cameras, and none is left out', () => {
  const wanted = spreadOverTowns(generateDemoCounty({ scale: 'county' })).map(({ number }) => number);
  const order = inWallOrder(demoScenes()).map(({ number }) => number);
  expect(order.slice(0, wanted.length)).toEqual(wanted);
  expect(order.toSorted()).toEqual(
    demoScenes()
      .map(({ number }) => number)
      .toSorted(),
  );
});

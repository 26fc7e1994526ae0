import { expect, test } from 'vitest';
import type { RoadGraph } from '#contract/map/index.ts';
import { createRoadWays, straightWays } from './roadWays.ts';
import type { Spot } from './spots.ts';

const step = 0.001;
const at = (column: number, row: number): Spot => [108 + column * step, 33 + row * step];
/** A road from the west that bends at (2,0), and a by-way over (0,2) that is longer; a road far away that nothing leads to. */
const nodes = [at(0, 0), at(2, 2), at(40, 40), at(41, 40)];
const graph: RoadGraph = {
  nodeLngLat: Float64Array.from(nodes.flat()),
  edgeFrom: Uint32Array.of(0, 0, 2),
  edgeTo: Uint32Array.of(1, 1, 3),
  edgeMetres: Float32Array.of(400, 900, 100),
  edgeClass: new Uint8Array(3),
  edgeOneWay: new Uint8Array(3),
  edgeSpeedKmh: Uint8Array.of(40, 40, 40),
  shapeStart: Uint32Array.of(0, 1, 3, 3),
  shapeLngLat: Float64Array.from([at(2, 0), at(0, 4), at(2, 4)].flat()),
};
const ways = createRoadWays(graph);

test('one goes along the road, by its bends, the shortest way, and the same way back', () => {
  expect(ways(at(0, 0), at(2, 2))).toEqual([at(0, 0), at(2, 0), at(2, 2)]);
  expect(ways(at(2, 2), at(0, 0))).toEqual([at(2, 2), at(2, 0), at(0, 0)]);
});

test('whoever stands beside a road begins and ends on it', () => {
  expect(ways([108.0001, 33.0002], [108.0019, 33.0001])).toEqual([at(0, 0), at(2, 0)]);
});

test('where no road leads, and far from all roads, one goes straight', () => {
  expect(ways(at(0, 0), at(41, 40))).toEqual([at(41, 40)]);
  expect(ways(at(90, 90), at(91, 90))).toEqual([at(91, 90)]);
  expect(straightWays(at(0, 0), at(2, 2))).toEqual([at(2, 2)]);
  expect(
    createRoadWays({ ...graph, nodeLngLat: new Float64Array(), edgeFrom: new Uint32Array(), shapeLngLat: new Float64Array() })(
      at(0, 0),
      at(2, 2),
    ),
  ).toEqual([at(2, 2)]);
});

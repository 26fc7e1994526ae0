import { describe, expect, it } from 'vitest';
import type { Region } from '#contract/directory/index.ts';
import type { LngLat } from '#contract/values/index.ts';
import { type DemoCounty, generateDemoCounty } from './index.ts';

type Whole = readonly [number, number];
type Segment = { readonly from: Whole; readonly to: Whole };

// Coordinates are whole micro-degrees by design: everything below is proven in integers, nothing within a tolerance.
function toWhole([lng, lat]: LngLat): Whole {
  return [Math.round(lng * 1_000_000), Math.round(lat * 1_000_000)];
}

function segmentsOf(ring: readonly Whole[]): Segment[] {
  return ring.slice(1).map((to, index) => ({ from: ring[index]!, to }));
}

function keyOf({ from, to }: Segment): string {
  return `${from.join()} ${to.join()}`;
}

function doubleArea(ring: readonly Whole[]): bigint {
  return segmentsOf(ring).reduce((sum, { from, to }) => sum + BigInt(from[0]) * BigInt(to[1]) - BigInt(to[0]) * BigInt(from[1]), 0n);
}

// Products of two differences stay below 2^53 in a county of some degrees: exact.
function turn(a: Whole, b: Whole, c: Whole): number {
  return Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
}

function liesOn(point: Whole, { from, to }: Segment): boolean {
  const isWithin = (axis: 0 | 1) => point[axis] >= Math.min(from[axis], to[axis]) && point[axis] <= Math.max(from[axis], to[axis]);
  return turn(from, to, point) === 0 && isWithin(0) && isWithin(1);
}

function isSame(one: Whole, other: Whole): boolean {
  return one[0] === other[0] && one[1] === other[1];
}

/** Whether two segments share anything but an end point of both. */
function collide(one: Segment, other: Segment): boolean {
  const ends = [
    { point: one.from, on: other },
    { point: one.to, on: other },
    { point: other.from, on: one },
    { point: other.to, on: one },
  ];
  const touching = ends.filter(({ point, on }) => liesOn(point, on));
  if (touching.some(({ point, on }) => !isSame(point, on.from) && !isSame(point, on.to))) return true;
  if (touching.length > 0) return false;
  return (
    turn(one.from, one.to, other.from) !== turn(one.from, one.to, other.to) &&
    turn(other.from, other.to, one.from) !== turn(other.from, other.to, one.to)
  );
}

/** All colliding pairs, found by comparing what shares a square of `side` micro-degrees. */
function collisions(segments: readonly Segment[], side: number): string[] {
  const squares = new Map<string, Segment[]>();
  for (const segment of segments) {
    const { from, to } = segment;
    for (let x = Math.floor(Math.min(from[0], to[0]) / side); x <= Math.floor(Math.max(from[0], to[0]) / side); x += 1) {
      for (let y = Math.floor(Math.min(from[1], to[1]) / side); y <= Math.floor(Math.max(from[1], to[1]) / side); y += 1) {
        const square = squares.get(`${x},${y}`) ?? [];
        square.push(segment);
        squares.set(`${x},${y}`, square);
      }
    }
  }
  return [...squares.values()].flatMap((square) =>
    square.flatMap((one, index) =>
      square
        .slice(index + 1)
        .filter((other) => collide(one, other))
        .map((other) => `${keyOf(one)} / ${keyOf(other)}`),
    ),
  );
}

function contains(ring: readonly Whole[], point: Whole): boolean {
  return (
    segmentsOf(ring).filter(
      ({ from, to }) => from[1] > point[1] !== to[1] > point[1] && turn(from, to, point) * Math.sign(to[1] - from[1]) > 0,
    ).length %
      2 ===
    1
  );
}

function drawn(county: DemoCounty) {
  const rings = new Map(county.polygons.map(({ regionId, rings: all }) => [regionId, all.map((ring) => ring.map(toWhole))]));
  const ringsOf = (region: Region) => rings.get(region.id) ?? [];
  const level = (wanted: Region['level']) => county.regions.filter((region) => region.level === wanted);
  const childrenOf = (parent: Region) => county.regions.filter((region) => region.parentId === parent.id);
  return { ringsOf, level, childrenOf };
}

const counties = [
  { which: 'the demo county', county: generateDemoCounty() },
  { which: 'a county of another seed', county: generateDemoCounty({ seed: 61 }) },
];

describe.each(counties)('the polygons of $which', ({ county }) => {
  const { ringsOf, level, childrenOf } = drawn(county);
  const gridSegments = level('grid').flatMap((grid) => ringsOf(grid).flatMap(segmentsOf));

  it('are one closed counter-clockwise ring per region, so nothing is scattered and nothing has a hole', () => {
    const odd = county.regions.filter((region) => {
      const [ring, ...more] = ringsOf(region);
      return ring === undefined || more.length > 0 || !isSame(ring[0]!, ring.at(-1)!) || doubleArea(ring) <= 0n;
    });
    expect(odd).toEqual([]);
  });

  it('share every inner border between exactly two grids in opposite directions; the rest is the county outline', () => {
    const directed = new Set(gridSegments.map(keyOf));
    expect(directed.size).toBe(gridSegments.length);
    const unpaired = gridSegments.filter(({ from, to }) => !directed.has(keyOf({ from: to, to: from })));
    const outline = level('county').flatMap((region) => ringsOf(region).flatMap(segmentsOf));
    expect(new Set(unpaired.map(keyOf))).toEqual(new Set(outline.map(keyOf)));
  });

  it('leave no gap and no overlap: children have exactly the area of their parent', () => {
    const areaOf = (region: Region) => ringsOf(region).reduce((sum, ring) => sum + doubleArea(ring), 0n);
    const unequal = county.regions
      .filter(({ level: own }) => own !== 'grid')
      .filter((parent) => childrenOf(parent).reduce((sum, child) => sum + areaOf(child), 0n) !== areaOf(parent));
    expect(unequal).toEqual([]);
  });

  it('never cross or touch beyond shared corners', () => {
    const once = [
      ...new Map(gridSegments.map((segment) => [[segment.from.join(), segment.to.join()].toSorted().join(' '), segment])).values(),
    ];
    expect(collisions(once, 5000)).toEqual([]);
  });

  it('hold their own middle', () => {
    expect(county.regions.filter((region) => !ringsOf(region).some((ring) => contains(ring, toWhole(region.center))))).toEqual([]);
  });

  it('hold every camera and every center in the region that it names', () => {
    const regionById = new Map(county.regions.map((region) => [region.id, region]));
    const isElsewhere = (regionId: Region['id'], location: LngLat | null) => {
      const region = regionById.get(regionId);
      return region === undefined || location === null || !ringsOf(region).some((ring) => contains(ring, toWhole(location)));
    };
    expect(county.cameras.filter(({ regionId, location }) => isElsewhere(regionId, location))).toEqual([]);
    expect(county.cameras.filter(({ regionId }) => regionById.get(regionId)?.level !== 'grid')).toEqual([]);
    expect(county.centers.filter(({ regionId, location }) => isElsewhere(regionId, location))).toEqual([]);
  });
});

describe('proving polygons', () => {
  it('finds a crossing, a touch and an overlap, and lets a shared corner pass', () => {
    const base: Segment = { from: [0, 0], to: [10, 0] };
    const others: Segment[] = [
      { from: [5, -5], to: [5, 5] },
      { from: [4, 0], to: [4, 5] },
      { from: [0, 0], to: [5, 0] },
      { from: [10, 0], to: [15, 5] },
    ];
    expect(others.map((other) => collisions([base, other], 7).length > 0)).toEqual([true, true, true, false]);
  });
});

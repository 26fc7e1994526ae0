import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groundDistanceM, type RoadGraph, roadClasses } from '#contract/map/index.ts';
import type { LngLat } from '#contract/values/index.ts';
import { createRoadMinutes, type Way } from './roadMinutes.ts';

type Edge = { from: number; to: number; km?: number; kmh?: number; oneWay?: boolean; roadClass?: (typeof roadClasses)[number] };

/** Roads between nodes; an edge's length is the straight one unless `km` says otherwise. */
function roads({ nodes, edges }: { nodes: readonly LngLat[]; edges: readonly Edge[] }): RoadGraph {
  const node = (index: number): LngLat => nodes[index] ?? [0, 0];
  return {
    nodeLngLat: Float64Array.from(nodes.flat()),
    edgeFrom: Uint32Array.from(edges, ({ from }) => from),
    edgeTo: Uint32Array.from(edges, ({ to }) => to),
    edgeMetres: Float32Array.from(edges, ({ from, to, km }) => (km === undefined ? groundDistanceM(node(from), node(to)) : km * 1_000)),
    edgeClass: Uint8Array.from(edges, ({ roadClass = 'village' }) => roadClasses.indexOf(roadClass)),
    edgeOneWay: Uint8Array.from(edges, ({ oneWay = false }) => (oneWay ? 1 : 0)),
    edgeSpeedKmh: Uint8Array.from(edges, ({ kmh = 60 }) => kmh),
    shapeStart: new Uint32Array(edges.length + 1),
    shapeLngLat: new Float64Array(0),
  };
}

const [west, middle, east, north]: LngLat[] = [
  [108, 33],
  [108.1, 33],
  [108.2, 33],
  [108.1, 33.1],
];
const nodes = [west, middle, east, north].flatMap((at) => (at === undefined ? [] : [at]));

function only(ways: readonly Way[]): Way {
  const [way] = ways;
  if (way === undefined || ways.length !== 1) throw new Error(`one way was expected, not ${ways.length}`);
  return way;
}

describe('minutes by road', () => {
  test('the faster road is taken although it is longer, and what it is made of is told', () => {
    const graph = roads({
      nodes,
      edges: [
        { from: 0, to: 2, km: 20, kmh: 20, roadClass: 'village' },
        { from: 0, to: 3, km: 18, kmh: 90, roadClass: 'national' },
        { from: 3, to: 2, km: 12, kmh: 60, roadClass: 'county' },
      ],
    });
    const way = only(createRoadMinutes(graph)({ to: [108.2, 33], from: [[108, 33]] }));
    expect(way).toMatchObject({
      kind: 'road',
      minutes: expect.closeTo(24, 3),
      metres: { national: 18_000, county: 12_000, village: 0, street: 0 },
      walkM: expect.closeTo(0, 3),
    });
  });

  test('a one-way road is not driven against its direction', () => {
    const graph = roads({ nodes, edges: [{ from: 0, to: 2, oneWay: true }] });
    const minutes = createRoadMinutes(graph);
    expect(only(minutes({ to: [108.2, 33], from: [[108, 33]] })).kind).toBe('road');
    expect(only(minutes({ to: [108, 33], from: [[108.2, 33]] }))).toEqual({ kind: 'none', why: 'notConnected' });
  });

  test('on one one-way road the goal behind is reached around the block only', () => {
    const graph = roads({
      nodes,
      edges: [
        { from: 0, to: 2, km: 20, kmh: 60, oneWay: true },
        { from: 2, to: 3, km: 14, kmh: 60 },
        { from: 3, to: 0, km: 14, kmh: 60 },
      ],
    });
    const minutes = createRoadMinutes(graph);
    const at = (share: number): LngLat => [108 + 0.2 * share, 33];
    expect(only(minutes({ to: at(0.75), from: [at(0.25)] }))).toMatchObject({ kind: 'road', minutes: expect.closeTo(10, 1) });
    expect(only(minutes({ to: at(0.25), from: [at(0.75)] }))).toMatchObject({ kind: 'road', minutes: expect.closeTo(5 + 28 + 5, 1) });
  });

  test('the last metres are walked, and a goal that is near is walked to', () => {
    const graph = roads({ nodes, edges: [{ from: 0, to: 2 }] });
    const minutes = createRoadMinutes(graph);
    const way = only(minutes({ to: [108.2, 33.01], from: [[108, 33]] }));
    expect(way).toMatchObject({ kind: 'road', walkM: expect.closeTo(1_113, -1) });
    expect(only(minutes({ to: [108.1, 33.001], from: [[108.1, 33.002]] }))).toMatchObject({
      kind: 'onFoot',
      walkM: expect.closeTo(111, -1),
    });
  });

  test('why there is no way is told', () => {
    const graph = roads({
      nodes: [...nodes, [110, 34], [110.1, 34]],
      edges: [
        { from: 0, to: 1 },
        { from: 4, to: 5 },
      ],
    });
    const ways = createRoadMinutes(graph)({
      to: [108, 33],
      from: [
        [109, 33.5],
        [110, 34],
        [Number.NaN, 33],
      ],
    });
    expect(ways).toEqual([
      { kind: 'none', why: 'noRoadNear' },
      { kind: 'none', why: 'notConnected' },
      { kind: 'none', why: 'placeUnknown' },
    ]);
    const empty = createRoadMinutes(roads({ nodes: [], edges: [] }))({ to: [108, 33], from: [[108.5, 33]] });
    expect(empty).toEqual([{ kind: 'none', why: 'noRoadNear' }]);
  });

  test('a place on a bent road is found on its bend', () => {
    const bent = { ...roads({ nodes, edges: [{ from: 0, to: 2, km: 40, kmh: 60 }] }) };
    const graph: RoadGraph = { ...bent, shapeStart: Uint32Array.of(0, 1), shapeLngLat: Float64Array.of(108.1, 33.1) };
    const way = only(createRoadMinutes(graph)({ to: [108.2, 33], from: [[108.1, 33.1]] }));
    expect(way).toMatchObject({ kind: 'road', minutes: expect.closeTo(20, 1) });
  });

  test('in random nets no way is shorter than Bellman and Ford find, and none longer', () => {
    fc.assert(
      fc.property(randomNet(), ({ graph, from, to }) => {
        const place = (node: number): LngLat => [graph.nodeLngLat[2 * node] ?? 0, graph.nodeLngLat[2 * node + 1] ?? 0];
        const way = only(createRoadMinutes(graph)({ to: place(to), from: [place(from)] }));
        const shortest = bellmanFord({ graph, from, to });
        if (Number.isFinite(shortest)) expect(way).toMatchObject({ kind: 'road', minutes: expect.closeTo(shortest, 4) });
        else expect(way).toEqual({ kind: 'none', why: 'notConnected' });
        if (way.kind === 'road') expect(Object.values(way.metres).reduce((sum, metres) => sum + metres, 0)).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});

/** Nodes 50 km apart, so that nobody walks and no place lies beside somebody else's road; two-way and one-way edges of odd lengths. */
function randomNet() {
  const count = 7;
  const edge = fc.record({
    from: fc.nat(count - 1),
    to: fc.nat(count - 1),
    km: fc.integer({ min: 60, max: 300 }),
    kmh: fc.constantFrom(60, 90, 120),
    oneWay: fc.boolean(),
  });
  const ends = fc.tuple(fc.nat(count - 1), fc.nat(count - 1)).filter(([from, to]) => from !== to);
  return fc.tuple(fc.array(edge, { minLength: 1, maxLength: 16 }), ends).map(([edges, [from, to]]) => {
    const around = Array.from(
      { length: count },
      (_, index): LngLat => [108 + Math.cos((index * 2 * Math.PI) / count), 33 + Math.sin((index * 2 * Math.PI) / count)],
    );
    // A dead end at each node: every place has a road of its own to stand on.
    const stubs = around.map((_, index) => ({ from: index, to: count + index, km: 1, kmh: 60, oneWay: false }));
    const ends = around.map(([lng, lat]): LngLat => [lng, lat + 0.009]);
    const proper = edges.filter((candidate) => candidate.from !== candidate.to);
    return { graph: roads({ nodes: [...around, ...ends], edges: [...stubs, ...proper] }), from, to };
  });
}

function bellmanFord({ graph, from, to }: { graph: RoadGraph; from: number; to: number }): number {
  const minutes = Array.from({ length: graph.nodeLngLat.length / 2 }, (_, node) => (node === from ? 0 : Number.POSITIVE_INFINITY));
  for (let round = 0; round < minutes.length; round += 1) {
    graph.edgeFrom.forEach((a, edge) => {
      const b = graph.edgeTo[edge] ?? 0;
      const takes = ((graph.edgeMetres[edge] ?? 0) * 0.06) / (graph.edgeSpeedKmh[edge] ?? 1);
      minutes[b] = Math.min(minutes[b] ?? 0, (minutes[a] ?? 0) + takes);
      if (graph.edgeOneWay[edge] !== 1) minutes[a] = Math.min(minutes[a] ?? 0, (minutes[b] ?? 0) + takes);
    });
  }
  return minutes[to] ?? Number.POSITIVE_INFINITY;
}

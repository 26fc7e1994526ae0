import { describe, expect, test } from 'vitest';
import { seededBytes } from './testing/seededBytes.ts';
import { decodeRoadGraph, encodeRoadGraph, type RoadGraph } from './roadGraph.ts';

/** Three places in a row, the second road bent and one way. */
const graph: RoadGraph = {
  nodeLngLat: Float64Array.of(108.3, 33.3, 108.31, 33.3, 108.32, 33.31),
  edgeFrom: Uint32Array.of(0, 1),
  edgeTo: Uint32Array.of(1, 2),
  edgeMetres: Float32Array.of(930.5, 1450.25),
  edgeClass: Uint8Array.of(0, 3),
  edgeOneWay: Uint8Array.of(0, 1),
  edgeSpeedKmh: Uint8Array.of(80, 20),
  shapeStart: Uint32Array.of(0, 0, 1),
  shapeLngLat: Float64Array.of(108.3151234, 33.3067891),
};

/** A copy of the graph's bytes with one number of it replaced. */
function bytesWith(change: (view: DataView) => void): Uint8Array {
  const bytes = encodeRoadGraph(graph);
  change(new DataView(bytes.buffer));
  return bytes;
}
const edgesAt = 24 + 3 * 8;
const codeOf = (bytes: Uint8Array) => {
  const read = decodeRoadGraph(bytes);
  return read.ok ? 'read' : `${read.refusal.code} ${read.refusal.params?.field ?? ''}`.trim();
};

describe('a road graph', () => {
  test('comes back as it was written', () => {
    expect(decodeRoadGraph(encodeRoadGraph(graph))).toEqual({ ok: true, value: graph });
  });

  test('is read from the middle of a greater buffer', () => {
    const bytes = encodeRoadGraph(graph);
    const around = new Uint8Array(bytes.length + 7);
    around.set(bytes, 3);
    expect(decodeRoadGraph(around.subarray(3, 3 + bytes.length))).toEqual({ ok: true, value: graph });
  });

  test('cut at any byte is refused as cut', () => {
    const bytes = encodeRoadGraph(graph);
    const codes = new Set(
      Array.from(bytes.keys())
        .slice(8)
        .map((end) => codeOf(bytes.subarray(0, end))),
    );
    expect([...codes]).toEqual(['map.roadGraphTruncated']);
    expect(codeOf(bytes)).toBe('read');
  });

  test('another file is refused by its beginning', () => {
    expect([new Uint8Array(), Uint8Array.of(0x50, 0x4d, 0x54, 0x69, 0x6c, 0x65, 0x73, 3)].map(codeOf)).toEqual([
      'map.notARoadGraph',
      'map.notARoadGraph',
    ]);
    expect(codeOf(bytesWith((view) => view.setUint32(4, 2, true)))).toBe('map.roadGraphTooNew');
  });

  test.each([
    ['a road to a place that is not there', (view: DataView) => view.setUint32(edgesAt + 4, 3, true), 'nodes'],
    ['a road of no length', (view: DataView) => view.setFloat32(edgesAt + 8, 0, true), 'metres'],
    ['a road whose length is no number', (view: DataView) => view.setFloat32(edgesAt + 8, Number.NaN, true), 'metres'],
    ['a class that nobody knows', (view: DataView) => view.setUint8(edgesAt + 12, 4), 'class'],
    ['a road on which one stands still', (view: DataView) => view.setUint8(edgesAt + 14, 0), 'speed'],
    ['points that belong to no road', (view: DataView) => view.setUint32(edgesAt + 20 + 16, 9, true), 'shape'],
    ['a place beyond the pole', (view: DataView) => view.setInt32(28, 910_000_000, true), 'coordinates'],
    ['counts that do not make the length', (view: DataView) => view.setUint32(8, 2, true), 'counts'],
  ])('%s is refused, and which part is wrong is said', (_, change, field) => {
    expect(codeOf(bytesWith(change))).toBe(`map.roadGraphBroken ${field}`);
  });

  test('bytes at random are refused and never thrown at', () => {
    for (let seed = 1; seed <= 400; seed += 1) {
      const noise = seededBytes({ seed, length: 24 + seed });
      const withHead = encodeRoadGraph(graph);
      withHead.set(noise.subarray(0, withHead.length - 24), 24);
      expect(decodeRoadGraph(noise).ok).toBe(false);
      expect(['read', 'map.roadGraphBroken']).toContain(codeOf(withHead).split(' ')[0]);
    }
  });
});

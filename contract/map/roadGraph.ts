import { granted, type Result, refused } from '#contract/values/index.ts';

/** Classes of roads in a road graph, widest first; the number in the file is the place in this list. */
export const roadClasses = ['national', 'county', 'village', 'street'] as const;
/** The class of a road. */
export type RoadClass = (typeof roadClasses)[number];

/**
 * Roads as a graph of typed arrays. Nodes are junctions and ends; an edge runs from `edgeFrom` to `edgeTo`, along
 * `shapeLngLat` (pairs; the ends excluded) of `shapeStart[edge]` .. `shapeStart[edge + 1]`. Degrees, WGS-84, steps of 1e-7.
 */
export type RoadGraph = {
  readonly nodeLngLat: Float64Array;
  readonly edgeFrom: Uint32Array;
  readonly edgeTo: Uint32Array;
  readonly edgeMetres: Float32Array;
  /** Place in `roadClasses`. */
  readonly edgeClass: Uint8Array;
  /** 1 = to be driven from `edgeFrom` to `edgeTo` only. */
  readonly edgeOneWay: Uint8Array;
  readonly edgeSpeedKmh: Uint8Array;
  /** One more than edges. */
  readonly shapeStart: Uint32Array;
  readonly shapeLngLat: Float64Array;
};

/** Why bytes are no road graph; sentences under `map:refusals`. */
export type RoadGraphRefusal = 'map.notARoadGraph' | 'map.roadGraphTooNew' | 'map.roadGraphTruncated' | 'map.roadGraphBroken';

/** "CWG1" read as a little-endian number. */
const magic = 0x3147_5743;
const version = 1;
/** u32 magic, u32 version, u32 nodes, u32 edges, u32 shape points, u32 bytes of the whole file. */
const headerBytes = 24;
const nodeBytes = 8;
/** u32 from, u32 to, f32 metres, u8 class, u8 one way, u8 km/h, u8 zero, u32 first shape point. */
const edgeBytes = 20;
const shapeBytes = 8;
const stepsPerDegree = 10_000_000;
/** Nothing between two junctions is longer. */
const maxEdgeMetres = 10_000_000;

/** Writes a graph, little endian: header, nodes, edges, shape points (lng and lat as i32 in steps of 1e-7 degrees). */
export function encodeRoadGraph(graph: RoadGraph): Uint8Array<ArrayBuffer> {
  const { nodes, edges, shapes } = countsOf(graph);
  const bytes = new Uint8Array(bytesFor({ nodes, edges, shapes }));
  const view = new DataView(bytes.buffer);
  [magic, version, nodes, edges, shapes, bytes.length].forEach((value, index) => view.setUint32(4 * index, value, true));
  const edgesAt = writeSteps({ view, at: headerBytes, degrees: graph.nodeLngLat });
  for (let edge = 0; edge < edges; edge += 1) {
    const at = edgesAt + edge * edgeBytes;
    view.setUint32(at, graph.edgeFrom[edge] ?? 0, true);
    view.setUint32(at + 4, graph.edgeTo[edge] ?? 0, true);
    view.setFloat32(at + 8, graph.edgeMetres[edge] ?? 0, true);
    view.setUint8(at + 12, graph.edgeClass[edge] ?? 0);
    view.setUint8(at + 13, graph.edgeOneWay[edge] ?? 0);
    view.setUint8(at + 14, graph.edgeSpeedKmh[edge] ?? 0);
    view.setUint32(at + 16, graph.shapeStart[edge] ?? 0, true);
  }
  writeSteps({ view, at: edgesAt + edges * edgeBytes, degrees: graph.shapeLngLat });
  return bytes;
}

/** Reads a graph; every index and number is checked, so that whoever walks on it needs not. Never throws. */
export function decodeRoadGraph(bytes: Uint8Array): Result<RoadGraph, RoadGraphRefusal> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8 || view.getUint32(0, true) !== magic) return refused('map.notARoadGraph');
  if (view.getUint32(4, true) !== version) return refused('map.roadGraphTooNew', { version: view.getUint32(4, true) });
  if (bytes.length < headerBytes) return refused('map.roadGraphTruncated', { bytes: bytes.length, wanted: headerBytes });
  const [nodes, edges, shapes, wanted] = [
    view.getUint32(8, true),
    view.getUint32(12, true),
    view.getUint32(16, true),
    view.getUint32(20, true),
  ];
  if (bytes.length < wanted) return refused('map.roadGraphTruncated', { bytes: bytes.length, wanted });
  if (bytes.length > wanted || wanted !== bytesFor({ nodes, edges, shapes })) return refused('map.roadGraphBroken', { field: 'counts' });
  const edgesAt = headerBytes + nodes * nodeBytes;
  const graph: RoadGraph = {
    nodeLngLat: readSteps({ view, at: headerBytes, count: 2 * nodes }),
    ...readEdges({ view, at: edgesAt, edges, shapes }),
    shapeLngLat: readSteps({ view, at: edgesAt + edges * edgeBytes, count: 2 * shapes }),
  };
  const broken = brokenPart(graph);
  return broken === null ? granted(graph) : refused('map.roadGraphBroken', { field: broken });
}

function readEdges({ view, at, edges, shapes }: { view: DataView; at: number; edges: number; shapes: number }) {
  const read = {
    edgeFrom: new Uint32Array(edges),
    edgeTo: new Uint32Array(edges),
    edgeMetres: new Float32Array(edges),
    edgeClass: new Uint8Array(edges),
    edgeOneWay: new Uint8Array(edges),
    edgeSpeedKmh: new Uint8Array(edges),
    shapeStart: new Uint32Array(edges + 1),
  };
  for (let edge = 0; edge < edges; edge += 1) {
    const from = at + edge * edgeBytes;
    read.edgeFrom[edge] = view.getUint32(from, true);
    read.edgeTo[edge] = view.getUint32(from + 4, true);
    read.edgeMetres[edge] = view.getFloat32(from + 8, true);
    read.edgeClass[edge] = view.getUint8(from + 12);
    read.edgeOneWay[edge] = view.getUint8(from + 13);
    read.edgeSpeedKmh[edge] = view.getUint8(from + 14);
    read.shapeStart[edge] = view.getUint32(from + 16, true);
  }
  read.shapeStart[edges] = shapes;
  return read;
}

function brokenPart(graph: RoadGraph): string | null {
  if (!isOnEarth(graph.nodeLngLat) || !isOnEarth(graph.shapeLngLat)) return 'coordinates';
  if (graph.edgeFrom.length > 0 && graph.shapeStart[0] !== 0) return 'shape';
  for (let edge = 0; edge < graph.edgeFrom.length; edge += 1) {
    const broken = brokenEdge(graph, edge);
    if (broken !== null) return broken;
  }
  return null;
}

function brokenEdge(graph: RoadGraph, edge: number): string | null {
  const nodes = graph.nodeLngLat.length / 2;
  const at = (column: ArrayLike<number>, index = edge) => column[index] ?? Number.NaN;
  // Comparisons that are false for NaN too.
  if (!(at(graph.edgeFrom) < nodes && at(graph.edgeTo) < nodes)) return 'nodes';
  if (!(at(graph.edgeMetres) > 0 && at(graph.edgeMetres) < maxEdgeMetres)) return 'metres';
  if (!(at(graph.edgeClass) < roadClasses.length && at(graph.edgeOneWay) <= 1)) return 'class';
  if (!(at(graph.edgeSpeedKmh) > 0)) return 'speed';
  return at(graph.shapeStart) <= at(graph.shapeStart, edge + 1) ? null : 'shape';
}

function isOnEarth(lngLat: Float64Array): boolean {
  return lngLat.every((degrees, index) => Math.abs(degrees) <= (index % 2 === 0 ? 180 : 90));
}

function countsOf(graph: RoadGraph): { nodes: number; edges: number; shapes: number } {
  return { nodes: graph.nodeLngLat.length / 2, edges: graph.edgeFrom.length, shapes: graph.shapeLngLat.length / 2 };
}

function bytesFor({ nodes, edges, shapes }: { nodes: number; edges: number; shapes: number }): number {
  return headerBytes + nodes * nodeBytes + edges * edgeBytes + shapes * shapeBytes;
}

function writeSteps({ view, at, degrees }: { view: DataView; at: number; degrees: Float64Array }): number {
  degrees.forEach((value, index) => view.setInt32(at + 4 * index, Math.round(value * stepsPerDegree), true));
  return at + 4 * degrees.length;
}

function readSteps({ view, at, count }: { view: DataView; at: number; count: number }): Float64Array {
  return Float64Array.from({ length: count }, (_, index) => view.getInt32(at + 4 * index, true) / stepsPerDegree);
}

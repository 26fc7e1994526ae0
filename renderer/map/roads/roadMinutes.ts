import FlatQueue from 'flatqueue';
import { groundDistanceM, type RoadClass, roadClasses, type RoadGraph } from '#contract/map/index.ts';
import type { LngLat } from '#contract/values/index.ts';
import { createRoadSnap, type RoadPoint, type RoadSnap } from './roadSnap.ts';

/** What a way by road comes to, with what it is made of, so that minutes can be told with their reason. */
export type RoadWay = {
  readonly kind: 'road';
  readonly minutes: number;
  /** Driven metres, by class of road; their sum and the walk are the whole way. */
  readonly metres: Readonly<Record<RoadClass, number>>;
  /** Metres on foot: from the place to its road, and from the road to the goal. */
  readonly walkM: number;
};

/** A way to a goal. `onFoot`: walking straight there is faster than any road; `none` says why there is no way. */
export type Way =
  | RoadWay
  | { readonly kind: 'onFoot'; readonly minutes: number; readonly walkM: number }
  | { readonly kind: 'none'; readonly why: 'noRoadNear' | 'notConnected' | 'placeUnknown' };

/** Tells the ways from many places to one goal, in the order of `from`. */
export type RoadMinutes = (question: { readonly to: LngLat; readonly from: readonly LngLat[] }) => Way[];

/** Nobody walks farther than this to a road. */
const walkWithinM = 3_000;
/** Straight metres on foot a minute: 4 km/h over a way that is 1.3 times as long as the straight line. */
const walkMetresPerMinute = 4_000 / 60 / 1.3;
const noEdge = 0xffff_ffff;

/** Prepares a graph once; each question is one Dijkstra from the goal against the direction of travel, so one-way roads hold. */
export function createRoadMinutes(graph: RoadGraph): RoadMinutes {
  const snap = createRoadSnap(graph);
  const arrivals = arrivalsOf(graph);
  return ({ to, from }) => {
    const reach = reachOf({ graph, arrivals, goals: snap(to, walkWithinM) });
    return from.map((place) => wayFrom({ place, to, graph, snap, reach }));
  };
}

/** Edges by the node that they arrive at, as they may be driven: both ways unless one-way. */
type Arrivals = { readonly start: Uint32Array; readonly edge: Uint32Array; readonly from: Uint32Array };

function arrivalsOf(graph: RoadGraph): Arrivals {
  const nodes = graph.nodeLngLat.length / 2;
  const start = new Uint32Array(nodes + 1);
  const each = (visit: (arrival: { at: number; from: number; edge: number }) => void) => {
    for (let edge = 0; edge < graph.edgeFrom.length; edge += 1) {
      const [a, b] = [graph.edgeFrom[edge] ?? 0, graph.edgeTo[edge] ?? 0];
      visit({ at: b, from: a, edge });
      if (graph.edgeOneWay[edge] !== 1) visit({ at: a, from: b, edge });
    }
  };
  each(({ at }) => {
    start[at + 1] = (start[at + 1] ?? 0) + 1;
  });
  for (let node = 0; node < nodes; node += 1) start[node + 1] = (start[node + 1] ?? 0) + (start[node] ?? 0);
  const next = start.slice(0, nodes);
  const edges = { edge: new Uint32Array(start[nodes] ?? 0), from: new Uint32Array(start[nodes] ?? 0) };
  each(({ at, from, edge }) => {
    const slot = next[at] ?? 0;
    edges.edge[slot] = edge;
    edges.from[slot] = from;
    next[at] = slot + 1;
  });
  return { start, ...edges };
}

/** Minutes from each node to the goal, by which edge one leaves it, and at the ends of a goal's own edge (`noEdge`) for which of the goals. */
type Reach = {
  readonly goals: readonly RoadPoint[];
  readonly minutes: Float64Array;
  readonly leaveBy: Uint32Array;
  /** The node that `leaveBy` leads to; where that is `noEdge`, the place in `goals`. */
  readonly leaveTo: Uint32Array;
};

function reachOf({ graph, arrivals, goals }: { graph: RoadGraph; arrivals: Arrivals; goals: readonly RoadPoint[] }): Reach {
  const nodes = graph.nodeLngLat.length / 2;
  const reach = {
    goals,
    minutes: new Float64Array(nodes).fill(Number.POSITIVE_INFINITY),
    leaveBy: new Uint32Array(nodes).fill(noEdge),
    leaveTo: new Uint32Array(nodes),
  };
  const queue = new FlatQueue();
  const offer = ({ node, minutes, edge, to }: { node: number; minutes: number; edge: number; to: number }) => {
    if (minutes >= (reach.minutes[node] ?? 0)) return;
    reach.minutes[node] = minutes;
    reach.leaveBy[node] = edge;
    reach.leaveTo[node] = to;
    queue.push(node, minutes);
  };
  goals.forEach((goal, to) => {
    const [own, walk] = [edgeMinutes(graph, goal.edge), walkMinutes(goal.offRoadM)];
    offer({ node: graph.edgeFrom[goal.edge] ?? 0, minutes: walk + own * goal.share, edge: noEdge, to });
    if (graph.edgeOneWay[goal.edge] === 1) return;
    offer({ node: graph.edgeTo[goal.edge] ?? 0, minutes: walk + own * (1 - goal.share), edge: noEdge, to });
  });
  for (;;) {
    const settledAt = queue.peekValue();
    const node = queue.pop();
    if (node === undefined || settledAt === undefined) return reach;
    if (settledAt > (reach.minutes[node] ?? 0)) continue;
    for (let slot = arrivals.start[node] ?? 0; slot < (arrivals.start[node + 1] ?? 0); slot += 1) {
      const edge = arrivals.edge[slot] ?? 0;
      offer({ node: arrivals.from[slot] ?? 0, minutes: settledAt + edgeMinutes(graph, edge), edge, to: node });
    }
  }
}

type FromPlace = { place: LngLat; to: LngLat; graph: RoadGraph; snap: RoadSnap; reach: Reach };

function wayFrom({ place, to, graph, snap, reach }: FromPlace): Way {
  if (![...place, ...to].every(Number.isFinite)) return { kind: 'none', why: 'placeUnknown' };
  const straightM = groundDistanceM(place, to);
  const onFoot: Way = { kind: 'onFoot', minutes: walkMinutes(straightM), walkM: straightM };
  const starts = snap(place, walkWithinM);
  const drives = starts.flatMap((start) => drivesFrom({ graph, reach, start }));
  const byRoad = drives.length === 0 ? null : drives.reduce((best, drive) => (drive.minutes < best.minutes ? drive : best));
  if (byRoad !== null && byRoad.minutes < onFoot.minutes) return roadWay({ graph, reach, drive: byRoad });
  if (straightM <= walkWithinM) return onFoot;
  if (byRoad !== null) return roadWay({ graph, reach, drive: byRoad });
  return { kind: 'none', why: starts.length === 0 || reach.goals.length === 0 ? 'noRoadNear' : 'notConnected' };
}

/** One way to drive: a share of the first edge, then from its end on (`node`), or along one edge to a goal on it (`goal`). */
type Drive = { readonly start: RoadPoint; readonly share: number; readonly minutes: number } & (
  | { readonly node: number }
  | { readonly goal: RoadPoint }
);

function drivesFrom({ graph, reach, start }: { graph: RoadGraph; reach: Reach; start: RoadPoint }): Drive[] {
  const [own, walk] = [edgeMinutes(graph, start.edge), walkMinutes(start.offRoadM)];
  const isOneWay = graph.edgeOneWay[start.edge] === 1;
  const over = (node: number, share: number) => ({ start, node, share, minutes: walk + own * share + (reach.minutes[node] ?? 0) });
  const ahead = over(graph.edgeTo[start.edge] ?? 0, 1 - start.share);
  const back = isOneWay ? [] : [over(graph.edgeFrom[start.edge] ?? 0, start.share)];
  const straight = reach.goals
    .filter((goal) => goal.edge === start.edge && (goal.share >= start.share || !isOneWay))
    .map((goal) => {
      const share = Math.abs(goal.share - start.share);
      return { start, goal, share, minutes: walk + own * share + walkMinutes(goal.offRoadM) };
    });
  return [ahead, ...back, ...straight].filter(({ minutes }) => Number.isFinite(minutes));
}

function roadWay({ graph, reach, drive }: { graph: RoadGraph; reach: Reach; drive: Drive }): RoadWay {
  const metres = { national: 0, county: 0, village: 0, street: 0 };
  addMetres({ graph, metres, edge: drive.start.edge, share: drive.share });
  const goal = 'goal' in drive ? drive.goal : addWay({ graph, reach, metres, node: drive.node });
  return { kind: 'road', minutes: drive.minutes, metres, walkM: drive.start.offRoadM + (goal?.offRoadM ?? 0) };
}

function addWay({ graph, reach, metres, node }: { graph: RoadGraph; reach: Reach; metres: Record<RoadClass, number>; node: number }) {
  let at = node;
  for (let edge = reach.leaveBy[at] ?? noEdge; edge !== noEdge; edge = reach.leaveBy[at] ?? noEdge) {
    addMetres({ graph, metres, edge, share: 1 });
    at = reach.leaveTo[at] ?? 0;
  }
  const goal = reach.goals[reach.leaveTo[at] ?? 0];
  if (goal !== undefined)
    addMetres({ graph, metres, edge: goal.edge, share: at === graph.edgeFrom[goal.edge] ? goal.share : 1 - goal.share });
  return goal;
}

type Added = { graph: RoadGraph; metres: Record<RoadClass, number>; edge: number; share: number };

function addMetres({ graph, metres, edge, share }: Added) {
  const roadClass = roadClasses[graph.edgeClass[edge] ?? 0] ?? 'street';
  metres[roadClass] += (graph.edgeMetres[edge] ?? 0) * share;
}

function edgeMinutes(graph: RoadGraph, edge: number): number {
  return ((graph.edgeMetres[edge] ?? 0) * 60) / 1_000 / (graph.edgeSpeedKmh[edge] ?? 1);
}

function walkMinutes(metres: number): number {
  return metres / walkMetresPerMinute;
}

/** A graph of numbered nodes; `neighbours[node]` lists what it touches. */
export type Graph = {
  readonly neighbours: readonly (readonly number[])[];
  /** Length of the way between two neighbours, > 0. */
  length(from: number, to: number): number;
};

/** The way from the nearest source to each node. */
export type Ways = {
  /** Source that reaches the node first; -1 when none does. */
  readonly origin: readonly number[];
  /** The node before it on that way; -1 at a source. */
  readonly previous: readonly number[];
  readonly distance: readonly number[];
};

/**
 * Dijkstra from several sources at once. What a source reaches first is connected by construction.
 * `sources` are nodes; a node outside `within` (when given) does not exist.
 */
export function shortestWays(graph: Graph, { sources, within }: { sources: readonly number[]; within?: ReadonlySet<number> }): Ways {
  const size = graph.neighbours.length;
  const distance = new Array<number>(size).fill(Number.POSITIVE_INFINITY);
  const origin = new Array<number>(size).fill(-1);
  const previous = new Array<number>(size).fill(-1);
  const open = new Set<number>();
  sources.forEach((node, index) => {
    distance[node] = 0;
    origin[node] = index;
    open.add(node);
  });
  while (open.size > 0) {
    const node = nearestOf(open, distance);
    open.delete(node);
    for (const neighbour of graph.neighbours[node] ?? []) {
      if (within !== undefined && !within.has(neighbour)) continue;
      const reached = (distance[node] ?? 0) + graph.length(node, neighbour);
      if (reached >= (distance[neighbour] ?? 0)) continue;
      distance[neighbour] = reached;
      origin[neighbour] = origin[node] ?? -1;
      previous[neighbour] = node;
      open.add(neighbour);
    }
  }
  return { origin, previous, distance };
}

/** The nodes of a way, from its source to `node`. */
export function wayTo(ways: Ways, node: number): number[] {
  const nodes: number[] = [];
  for (let at = node; at !== -1; at = ways.previous[at] ?? -1) nodes.unshift(at);
  return nodes;
}

// The open set is a frontier of some dozens: a scan beats a heap in lines and hardly loses in time.
function nearestOf(open: ReadonlySet<number>, distance: readonly number[]): number {
  let nearest = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const node of open) {
    const candidate = distance[node] ?? 0;
    if (candidate < least) [nearest, least] = [node, candidate];
  }
  return nearest;
}

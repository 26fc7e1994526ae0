import type { Camera } from '#contract/cameras/index.ts';
import type { Region } from '#contract/directory/index.ts';
import type { RegionId } from '#contract/values/index.ts';

/** One region of the territory with everything below it. Counts include all regions below. */
export type RegionNode = {
  readonly region: Region;
  readonly children: readonly RegionNode[];
  /** Cameras that lie directly in it, connected ones first, then by number. */
  readonly cameras: readonly Camera[];
  readonly cameraCount: number;
  readonly connectedCount: number;
};

/** The roots (the widest regions that this session may see) and the way up from each region. */
export type TerritoryTree = { readonly roots: readonly RegionNode[]; readonly parents: ReadonlyMap<RegionId, RegionId> };

/** Whether a camera has pictures here: it is connected to the gateway. */
export function isConnected({ streams }: Pick<Camera, 'streams'>): boolean {
  return streams.length > 0;
}

/** Puts regions and cameras into one tree. A region whose parent is not in the territory is a root; an empty region stays in it. */
export function buildTree({ regions, cameras }: { regions: readonly Region[]; cameras: readonly Camera[] }): TerritoryTree {
  const known = new Set(regions.map(({ id }) => id));
  const parentOf = ({ parentId }: Region) => (parentId !== null && known.has(parentId) ? parentId : null);
  const childrenOf = Map.groupBy(regions, parentOf);
  const camerasOf = Map.groupBy(cameras, ({ regionId }) => regionId);
  const toNode = (region: Region): RegionNode => {
    const children = (childrenOf.get(region.id) ?? []).map(toNode);
    const own = (camerasOf.get(region.id) ?? []).toSorted(byConnectionAndNumber);
    return {
      region,
      children,
      cameras: own,
      cameraCount: own.length + sum(children, ({ cameraCount }) => cameraCount),
      connectedCount: own.filter(isConnected).length + sum(children, ({ connectedCount }) => connectedCount),
    };
  };
  const parents = new Map(
    regions.flatMap((region) => {
      const parent = parentOf(region);
      return parent === null ? [] : [[region.id, parent] as const];
    }),
  );
  return { roots: (childrenOf.get(null) ?? []).map(toNode), parents };
}

/** The regions above a region and itself, widest first. */
export function pathTo(tree: TerritoryTree, regionId: RegionId): readonly RegionId[] {
  const parent = tree.parents.get(regionId);
  return parent === undefined ? [regionId] : [...pathTo(tree, parent), regionId];
}

/** A region of the tree; null when it is not in it. */
export function regionNode(tree: TerritoryTree, regionId: RegionId): RegionNode | null {
  let nodes = tree.roots;
  let found: RegionNode | null = null;
  for (const id of pathTo(tree, regionId)) {
    found = nodes.find(({ region }) => region.id === id) ?? null;
    if (found === null) return null;
    nodes = found.children;
  }
  return found;
}

/** One line of the tree as it is drawn. */
export type TreeRow =
  | { readonly kind: 'region'; readonly node: RegionNode; readonly depth: number; readonly isOpen: boolean }
  | { readonly kind: 'camera'; readonly camera: Camera; readonly depth: number };

/** Lines of the tree with these regions opened, top to bottom. `shown` leaves unconnected cameras (and what holds only such) out. */
export function visibleRows({
  tree,
  opened,
  shown,
}: {
  tree: TerritoryTree;
  opened: ReadonlySet<RegionId>;
  shown: 'all' | 'connected';
}): readonly TreeRow[] {
  const rowsOf = (node: RegionNode, depth: number): readonly TreeRow[] => {
    if (shown === 'connected' && node.connectedCount === 0) return [];
    const isOpen = opened.has(node.region.id);
    const row: TreeRow = { kind: 'region', node, depth, isOpen };
    if (!isOpen) return [row];
    const cameras = shown === 'connected' ? node.cameras.filter(isConnected) : node.cameras;
    return [
      row,
      ...node.children.flatMap((child) => rowsOf(child, depth + 1)),
      ...cameras.map((camera): TreeRow => ({ kind: 'camera', camera, depth: depth + 1 })),
    ];
  };
  return tree.roots.flatMap((root) => rowsOf(root, 0));
}

/** Name of a line, stable over redraws. */
export function rowKey(row: TreeRow): string {
  return row.kind === 'region' ? `region/${row.node.region.id}` : `camera/${row.camera.id}`;
}

/** Connected cameras of a region and of all regions below it, in the order in which the tree shows them. */
export function connectedCamerasIn(node: RegionNode): readonly Camera[] {
  return [...node.children.flatMap(connectedCamerasIn), ...node.cameras.filter(isConnected)];
}

function byConnectionAndNumber(a: Camera, b: Camera): number {
  return Number(isConnected(b)) - Number(isConnected(a)) || (a.number < b.number ? -1 : 1);
}

function sum<Entry>(entries: readonly Entry[], of: (entry: Entry) => number): number {
  return entries.reduce((total, entry) => total + of(entry), 0);
}

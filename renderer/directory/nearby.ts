import type { Camera } from '#contract/cameras/index.ts';
import type { RegionId } from '#contract/values/index.ts';
import type { DirectoryCopy } from './directoryCopy.ts';
import { isConnected, type RegionNode } from './tree.ts';

/** The cameras around one: those of the village it lies in (or of its own region where there is no village), and that region's id. */
export type Nearby = { readonly regionId: RegionId; readonly cameras: readonly Camera[] };

/** Cameras around `camera`, without itself; connected ones first, then by number. */
export function nearbyCameras({ tree, regions }: DirectoryCopy, camera: Camera): Nearby {
  let regionId = camera.regionId;
  while (regions.get(regionId)?.level === 'grid') {
    const parent = tree.parents.get(regionId);
    if (parent === undefined) break;
    regionId = parent;
  }
  const node = findNode(tree.roots, regionId);
  const cameras = node === undefined ? [] : allCameras(node).filter(({ id }) => id !== camera.id);
  return {
    regionId,
    cameras: cameras.toSorted((a, b) => Number(isConnected(b)) - Number(isConnected(a)) || (a.number < b.number ? -1 : 1)),
  };
}

function allCameras({ cameras, children }: RegionNode): readonly Camera[] {
  return [...cameras, ...children.flatMap(allCameras)];
}

function findNode(nodes: readonly RegionNode[], regionId: RegionId): RegionNode | undefined {
  for (const node of nodes) {
    const found = node.region.id === regionId ? node : findNode(node.children, regionId);
    if (found !== undefined) return found;
  }
  return undefined;
}

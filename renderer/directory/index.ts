export { CameraTree } from './CameraTree.tsx';
export { type DirectoryCopy, type DirectoryStore, keepDirectoryCopy } from './directoryCopy.ts';
export { nearbyCameras } from './nearby.ts';
export { buildSearchIndex, type SearchIndex, searchCameras } from './search.ts';
export { createTreeView, type TreeView } from './treeView.ts';
export { connectedCamerasIn, isConnected, type RegionNode, type TerritoryTree } from './tree.ts';
export { useRegionPath } from './useRegionPath.ts';

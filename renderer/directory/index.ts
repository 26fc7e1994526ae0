export { CameraTree } from './CameraTree.tsx';
export { type DirectoryCopy, type DirectoryStore, keepDirectoryCopy } from './directoryCopy.ts';
export { keepMapRows, type MapRows, type MapRowsStore } from './mapRows.ts';
export { nearbyCameras } from './nearby.ts';
export { keepRoster, type Roster } from './roster.ts';
export { buildSearchIndex, type SearchIndex, searchCameras } from './search.ts';
export { createTreeView, type TreeView } from './treeView.ts';
export { connectedCamerasIn, isConnected, pathTo, type RegionNode, regionNode, type TerritoryTree } from './tree.ts';
export { useRegionPath } from './useRegionPath.ts';

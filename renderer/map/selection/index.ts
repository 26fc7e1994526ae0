export { boundsOfCircle } from './areaMoves.ts';
export { contentsOf, type SelectableThings, type SelectedKind, selectedKinds, type SelectionContents } from './contentsOf.ts';
export {
  createMapSelection,
  lineMetres,
  type MapSelection,
  type MapTool,
  mapTools,
  middleOfArea,
  type SelectionState,
} from './mapSelection.ts';
export { SelectionSketch } from './SelectionSketch.tsx';
export { selectionKey, sharedSelection } from './sharedSelection.ts';
export { TileSelection } from './TileSelection.tsx';
export { partsOf } from './partsOf.ts';

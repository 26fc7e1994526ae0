export type {
  AreaLoad,
  AreaOutline,
  Bounds,
  CameraSeverity,
  HoveredCamera,
  MapEngine,
  MapThing,
  MapView,
  PlacedCamera,
} from './engine/index.ts';
export { type NearBy, type NearResponder, rankResponders } from './advice/index.ts';
export type { RankedCamera, SightRemark } from './sight/rankCameras.ts';
export { DrawingBar, DrawingsLayer, onDrawingKey } from './drawings/index.ts';
export { loadMapEngine } from './loadMapEngine.ts';
export { MapCard } from './MapCard.tsx';
export { MapProvider, useMapDesk, useMapState } from './MapContext.tsx';
export { createMapDesk, type MapDesk } from './mapDesk.ts';
export { MapGround } from './MapGround.tsx';
export { MapKey } from './MapKey.tsx';
export { MapLegend } from './MapLegend.tsx';
export { MapPath } from './MapPath.tsx';
export { layerNames } from './mapState.ts';
export { isPinnedTile, pinCommand } from './pinTiles.ts';
export { type JoinedDisplays, joinCommand, joinedCanvas, spanOfDisplay, splitCommand } from './span/index.ts';
export { MapSwitches } from './MapSwitches.tsx';
export {
  boundsOfCircle,
  lineMetres,
  type MapTool,
  mapTools,
  type SelectedKind,
  partsOf,
  selectedKinds,
  type SelectionContents,
  SelectionSketch,
} from './selection/index.ts';
export { FollowBar } from './FollowBar.tsx';
export { MapTileView } from './MapTileView.tsx';
export { MapTip } from './MapTip.tsx';
export { useThingWords } from './useThingWords.ts';

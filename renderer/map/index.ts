export type {
  AreaLoad,
  AreaOutline,
  Bounds,
  CameraSeverity,
  Label,
  MapColors,
  MapEngine,
  MapThing,
  MapView,
  PlacedCamera,
} from './engine/index.ts';
export { loadMapEngine } from './loadMapEngine.ts';

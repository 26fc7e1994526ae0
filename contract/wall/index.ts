export { Bezel, type CanvasArea, DisplayGeometry, type HungDisplay, type WallCanvas, wallCanvas } from './canvas.ts';
export { GlassCell, GlassKind, GlassReport, isLastPictureSeen } from './glass.ts';
export { type CellArea, cellCount, type Direction, gridOf, Layout, type LayoutGrid, layouts, maxCells, neighbourOf } from './layouts.ts';
export { decideWall, evolveWall, sceneOf, WallCommand, type WallFact, type WallRefusalCode, wallFacts } from './rules.ts';
export {
  Cell,
  DisplayKey,
  DisplayScene,
  emptyWall,
  KeySource,
  shownTiles,
  Tile,
  WallState,
} from './scene.ts';
export { encodeThumbnail, isJpeg, readThumbnail, type Thumbnail, ThumbnailReport, thumbnailLimits } from './thumbnail.ts';

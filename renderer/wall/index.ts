export { clockTile } from './ClockTile.tsx';
export {
  byNumber,
  cellsOf,
  parsePlace,
  type Place,
  placeName,
  registerName,
} from './grid.ts';
export { areaStyle, gridStyle, LayoutDrawing } from './LayoutGrid.tsx';
export { glassOf, isTrouble, type KnownGlass, type Proven, provenCount } from './proven.ts';
export { areNamesShown, textEm } from './labelFit.ts';
export { lazyTileKind } from './lazyTileKind.tsx';
export { type FrameLabel, TileFrame, type Treatment } from './TileFrame.tsx';
export {
  registerTileKinds,
  type TileGlass,
  type TileKind,
  type TileKinds,
  TileKindsProvider,
  type TileViewProps,
  useReadyTiles,
  useTileKind,
} from './tileKinds.ts';
export type { PixelBuffers } from './pixelBuffers.ts';
export type { TakeThumbnail } from './thumbnailReporter.ts';
export { createThumbnailSource } from './thumbnailSource.ts';
export { Thumbnail, ThumbnailsProvider } from './Thumbnail.tsx';
export { useSize } from './useSize.ts';
export { WallWindow } from './WallWindow.tsx';

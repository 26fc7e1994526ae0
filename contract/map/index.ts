export { areaSquareM, circleRing, type Inside, insideOf, isEnclosed, lengthM, MapArea, type RingsOf } from './area.ts';
export { CameraVote, mostVotes, VoteCamera, votesNear, withVote } from './cameraVotes.ts';
export {
  Basemap,
  BasemapDatum,
  basemapOrigins,
  type BasemapRefusal,
  basemapRoutes,
  parseBasemap,
  ServedBasemap,
  shiftOf,
  tileAddress,
} from './basemap.ts';
export { encircledSquare, isEncircled, isOverDateLine } from './lasso.ts';
export { selfCrossing } from './selfCrossing.ts';
export { bearingDeg, eastShrink, groundDistanceM, metresPerDegree } from './distance.ts';
export {
  decideDrawing,
  Drawing,
  DrawingCommand,
  type DrawingFact,
  type DrawingFactDraft,
  drawingFacts,
  DrawingId,
  DrawingKind,
  drawingKinds,
  type DrawingRefusalCode,
  DrawingShape,
  drawingsAt,
  type DrawingsState,
  DrawingTerritory,
  DrawingText,
  evolveDrawings,
} from './drawings.ts';
export { FollowOne } from './followOne.ts';
export { type ByteRange, readByteRange, readPackPath } from './byteRange.ts';
export { Gazetteer, NamedPlace, PlaceKind } from './gazetteer.ts';
export {
  decodeHeightGrid,
  encodeHeightGrid,
  heightAt,
  type HeightGrid,
  type HeightGridRefusal,
  lineOfSight,
  type Sight,
  type SightPoint,
} from './heightGrid.ts';
export {
  baseLayers,
  manifestFile,
  mapRoutes,
  packDigest,
  packFilePath,
  packFiles,
  PackFileName,
  PackManifest,
  type PackRefusal,
  readManifest,
} from './pack.ts';
export {
  ChosenOnMap,
  MapCamera,
  MapLook,
  pinnedContent,
  type PinnedLook,
  pinnedLook,
  SharedMapLook,
  SharedSelection,
  unpinnedContent,
  zoomIn,
} from './sharedView.ts';
export { type MapSpanPart, spanContent, spanPart } from './span.ts';
export {
  decodeRoadGraph,
  encodeRoadGraph,
  type RoadClass,
  roadClasses,
  type RoadGraph,
  type RoadGraphRefusal,
} from './roadGraph.ts';

export { type CameraBook, createCameraBook } from './cameraBook.ts';
export { CameraBookProvider, useCamera } from './CameraBookContext.tsx';
export { cameraOf, cameraTileFor, patrol, withZoom, zoomOf } from './cameraContent.ts';
export { cameraTile } from './CameraTile.tsx';
export { CameraPicture, NoPicture } from './CameraPicture.tsx';
export { createPictures, type Pictures } from './picture/pictures.ts';
export { probeDecoders } from './picture/decoders.ts';
export { createDoubles } from './picture/doubles.ts';
export { startLineWatch } from './picture/lineWatch.ts';
export { createOpenings } from './picture/openings.ts';
export { PicturesProvider, usePicture } from './picture/PicturesContext.tsx';
export type { PictureState, PictureView } from './picture/pictureView.ts';
export { createVideoPool } from './picture/videoPool.ts';
export {
  createConductor,
  createHlsPlayers,
  createPushPlayers,
  createPushTransport,
  createRenewals,
  createWhepPlayers,
} from './players/index.ts';
export { repairNumber } from './repairNumber.ts';
export { type Speech, stateLook, type TileWords } from './tileWords.ts';
export { noZoom, panBy, type Zoom, zoomBy, zoomKey, zoomLimits, zoomText } from './zoom.ts';

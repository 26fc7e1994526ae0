export { type CameraVotes, openCameraVotes } from './cameraVotes.ts';
export { openRoomMap } from './openRoomMap.ts';
export type { PackKeeper } from './packKeeper.ts';
export { packShelfFolder, readPackBytes, readShelf } from './packShelf.ts';

export { type MapMemory, openMapMemory } from './mapMemory.ts';
export { type DeskBasemap, openDeskBasemap, packAlone } from './deskBasemap.ts';
export { openRoomMap } from './openRoomMap.ts';
export type { PackKeeper } from './packKeeper.ts';
export { type PackBytes, packShelfFolder, readFilePart, readPackBytes, readShelf } from './packShelf.ts';

export { type PackBytes, packShelfFolder, readPackBytes, readShelf } from './packShelf.ts';

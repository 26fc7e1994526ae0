export { type Directory, openDirectory } from './directory.ts';

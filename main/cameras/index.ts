export { askLift, askSteer } from './askAboutCamera.ts';
export { createGlass, type Glass } from './glass.ts';
export { openParticulars } from './openParticulars.ts';
export { openView } from './openView.ts';
export { createThumbnails, type ThumbnailFollower, type Thumbnails } from './thumbnails.ts';

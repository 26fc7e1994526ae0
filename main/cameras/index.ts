export { askFollow, askLift, askProbe, askSteer } from './askAboutCamera.ts';
export { createGlass, type Glass } from './glass.ts';
export { openParticulars } from './openParticulars.ts';
export { createThumbnails, type ThumbnailFollower, type Thumbnails } from './thumbnails.ts';
export { createViewRights, type ViewRights } from './viewRights.ts';

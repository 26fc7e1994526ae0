export { type DeskIdentity, deskFactsOf } from './deskFacts.ts';
export { createSceneFiller } from './fillScenes.ts';
export { openWallStore, type WallChange, type WallStore } from './wallStore.ts';

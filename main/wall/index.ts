export { type DeskIdentity, deskFactsOf } from './deskFacts.ts';
export { createSceneFiller } from './fillScenes.ts';
export { spreadOverTowns } from './firstScene.ts';
export { openWallStore, type WallChange, type WallStore } from './wallStore.ts';

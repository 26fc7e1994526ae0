/** The ground of another source than the pack: asked for by the window itself, with words where it does not come. */
export { groundFailureWords, type GroundTrouble } from './groundFailure.ts';
export { groundProtocol, groundTiles, openGround, type OpenGround } from './openGround.ts';
export type { GroundSheet } from './readTiles.ts';

export { GlassCell, GlassKind, GlassReport } from './glass.ts';
export { decideWall, evolveWall, sceneOf, WallCommand, type WallFact, type WallRefusalCode, wallFacts } from './rules.ts';
export {
  Cell,
  columnsOf,
  DisplayKey,
  DisplayScene,
  emptyWall,
  KeySource,
  Layout,
  layouts,
  maxCells,
  Tile,
  WallState,
} from './scene.ts';

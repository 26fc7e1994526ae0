export { type DemoResponders, startDemoResponders } from './demo/index.ts';
export { createRoadWays, straightWays, type Ways } from './demo/roadWays.ts';
export { createFollowRegister, type FollowRegister } from './followRegister.ts';
export { positionsAnswers } from './routes.ts';
export { openPositions, type Following, type OpenIntake, type Positions, type PositionsReader } from './positions.ts';
export type { PositionReport, PositionsHealth } from './positionBook.ts';
export type { Roster, Rosters } from './rosters.ts';

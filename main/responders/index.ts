export { createPositions, type Follower, type Positions } from './positions.ts';
export { fetchRoster } from './fetchRoster.ts';

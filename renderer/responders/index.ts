export { createPositionSource, type PositionSource } from './positionSource.ts';
export { PositionsProvider, usePositions } from './PositionsContext.tsx';
export { RespondersCount } from './RespondersCount.tsx';

export { createPositionSource, type PositionSource } from './positionSource.ts';
export { PositionsProvider } from './PositionsContext.tsx';
export { RespondersCount } from './RespondersCount.tsx';

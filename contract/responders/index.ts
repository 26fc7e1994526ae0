export { createPositionColumns, type PositionColumns, positionAt, type ResponderPosition, setPosition } from './positionColumns.ts';
export {
  directoryRevisionOf,
  encodePositions,
  encodeWhole,
  maxRecordsPerFrame,
  type Numbering,
  positionFrameBytes,
  type PositionsRead,
  readPositions,
} from './positionFrame.ts';
export { countReporting, isStale, ResponderStatus, responderStatusOf, staleAfterMs } from './reporting.ts';

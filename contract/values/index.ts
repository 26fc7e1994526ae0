export { CameraId, CenterId, CommandId, CountyId, DeskId, IncidentId, PersonId, RegionId, ResponderId, UnitId, WindowId } from './ids.ts';
export type { Clock, Randomness, Sha256, Timers } from './ports.ts';
export { granted, type Refusal, type Result, refused } from './result.ts';
export { shiftHours, shiftStartMs } from './shift.ts';
export { EpochMs, LngLat, Sha256Hex, safeText } from './text.ts';

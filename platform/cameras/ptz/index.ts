/** Steering cameras: one person at a time, on the record, and standing still as soon as nobody says anything. */
export type { PtzAbilities, PtzDevice, PtzDeviceRefusal, PtzSpeeds } from './ports.ts';
export { steeringRank } from './rank.ts';
export { createSteering, type Steering, type SteeringAsker } from './steering.ts';
export type { Steerer, SteeringFact } from './turns.ts';

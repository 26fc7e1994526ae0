import { hash, randomInt } from 'node:crypto';
import { v7 } from 'uuid';
import { type Clock, CommandId, type Randomness, type Sha256, type Timers } from '#contract/values/index.ts';

/** This machine's wall clock. */
export const machineClock: Clock = { nowMs: () => Date.now() };

/** This machine's timers. A pending one keeps the process alive: whoever started it cancels it when closing. */
export const machineTimers: Timers = {
  afterMs: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Randomness of the machine, 48 bits of it. */
export const machineRandomness: Randomness = () => randomInt(0, 2 ** 47) / 2 ** 47;

/** SHA-256 by Node's crypto. */
export const sha256: Sha256 = (text) => hash('sha256', text, 'hex');

/** A new command's id, UUIDv7. */
export function newCommandId(): CommandId {
  return CommandId.parse(v7());
}

import { randomBytes } from 'node:crypto';
import { v7 as newUuid } from 'uuid';
import type { Clock, Timers } from '#contract/values/index.ts';
import type { Secrets } from './ports.ts';

/** This machine's clock. */
export const nodeClock: Clock = { nowMs: () => Date.now() };

/** Node's timers. They do not keep a process alive that has nothing else to do. */
export const nodeTimers: Timers = {
  afterMs(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** Secrets from the operating system's generator. */
export const nodeSecrets: Secrets = {
  newToken: () => randomBytes(32).toString('base64url'),
  newId: () => newUuid(),
};

import { z } from 'zod';
import { type LiftQuestion, LiftState, PtzLease, type PtzQuestion, PtzStatus } from '#contract/cameras/index.ts';
import type { Link } from '#contract/link/index.ts';
import type { Result } from '#contract/values/index.ts';
import { askPlatform } from '#main/link/index.ts';

type Asking = Pick<Link, 'ask'>;

/** Asks the platform about lifting a mask (contract/cameras/lift). Never queued: a request that waits would ring a leader for a look nobody wants any more. */
export function askLift(link: Asking, question: LiftQuestion): Promise<Result<LiftState>> {
  return askPlatform(link, { question, answer: LiftState });
}

/** Asks the platform to steer a camera, or about it (contract/cameras/ptz). Never queued: a move that waits would turn it when nobody looks any more. */
export function askSteer(link: Asking, question: PtzQuestion): Promise<Result<PtzStatus | PtzLease>> {
  return askPlatform(link, { question, answer: z.union([PtzStatus, PtzLease]) });
}

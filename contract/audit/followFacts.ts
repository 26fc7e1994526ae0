import { z } from 'zod';
import { Purpose } from '#contract/cameras/index.ts';
import { DeskId, PersonId, ResponderId } from '#contract/values/index.ts';

/**
 * Payloads of facts about who looked after one person on duty, in the `audit` feed. Where everybody is now is on every map of the territory and
 * no look at somebody; the way of one of them is.
 */
export const followFacts = {
  /** Somebody was about to see one responder's way, from this moment on. It ends with his choice of another thing, or with his window. */
  'audit.responderFollowed': z.strictObject({ responderId: ResponderId, purpose: Purpose, deskId: DeskId, personId: PersonId }),
} as const;

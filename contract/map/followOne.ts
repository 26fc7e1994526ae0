import { z } from 'zod';
import { Purpose } from '#contract/cameras/index.ts';
import { ResponderId } from '#contract/values/index.ts';

/**
 * `responders.followOne`: a person asks to see one responder's way from now on. It is on the record before it is answered (`audit.responderFollowed`),
 * with its purpose. Answer: null. Refused with `access.notAllowed` (also for somebody who does not exist or is of another territory) or `bus.notRecorded`.
 */
export const FollowOne = z.strictObject({ type: z.literal('responders.followOne'), responderId: ResponderId, purpose: Purpose });
export type FollowOne = z.infer<typeof FollowOne>;

import { z } from 'zod';
import { CameraId, DeskId, PersonId } from '#contract/values/index.ts';

/**
 * Payloads of facts about who had cameras opened to find out what they are, in the `audit` feed. Nobody saw a picture; what was found is
 * `cameras.probed`.
 */
export const probeFacts = {
  'audit.probeAsked': z.strictObject({ cameraId: CameraId, deskId: DeskId, personId: PersonId }),
  /** `cameras`: how many had no result yet and were put at the front of the queue. */
  'audit.probesAsked': z.strictObject({ personId: PersonId, cameras: z.int().min(0) }),
} as const;

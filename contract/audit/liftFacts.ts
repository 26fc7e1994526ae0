import { z } from 'zod';
import { LiftId, LiftMinutes, LiftReason } from '#contract/cameras/index.ts';
import { CameraId, DeskId, EpochMs, PersonId } from '#contract/values/index.ts';

/** `personId`: who asked, at which desk. */
const ofRequest = { liftId: LiftId, cameraId: CameraId, deskId: DeskId, personId: PersonId };

/** Why a lift or a request for one was over: its time, its asker's own wish, his session, or the platform's end. */
export const LiftEnd = z.enum(['over', 'takenBack', 'sessionEnded', 'platformClosed']);
export type LiftEnd = z.infer<typeof LiftEnd>;

/** Payloads of facts about lifting a camera's mask, in the `audit` feed: who asked why, who answered, and until when it was lifted. */
export const liftFacts = {
  'audit.liftAsked': z.strictObject({ ...ofRequest, reason: LiftReason, minutes: LiftMinutes }),
  /** `leaderId`: who let him, always somebody else. */
  'audit.liftApproved': z.strictObject({ ...ofRequest, leaderId: PersonId, untilMs: EpochMs }),
  'audit.liftRefused': z.strictObject({ ...ofRequest, leaderId: PersonId }),
  'audit.liftUnanswered': z.strictObject({ ...ofRequest, rung: z.array(PersonId).max(64) }),
  'audit.liftEnded': z.strictObject({ ...ofRequest, why: LiftEnd }),
} as const;

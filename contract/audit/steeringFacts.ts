import { z } from 'zod';
import { CameraId, DeskId, EpochMs, PersonId } from '#contract/values/index.ts';

const byWhom = { cameraId: CameraId, deskId: DeskId, personId: PersonId };

/** Why somebody's turn at a camera ended. */
export const SteeringEnd = z.enum(['released', 'expired', 'takenOver', 'sessionEnded', 'platformClosed']);
export type SteeringEnd = z.infer<typeof SteeringEnd>;

/** Why a camera stood still again: told to, no word for too long, the desk's line gone, or the end of the turn. */
export const MoveEnd = z.enum(['stopped', 'silent', 'lineLost', 'deviceFailed', 'turnEnded']);
export type MoveEnd = z.infer<typeof MoveEnd>;

/** Payloads of facts about steering cameras, in the `audit` feed: who held which camera when, and when it moved. */
export const steeringFacts = {
  /** `takenFrom`: who held it and had to give it up to a higher role. */
  'audit.steeringTaken': z.strictObject({ ...byWhom, takenFrom: PersonId.nullable() }),
  'audit.steeringEnded': z.strictObject({ ...byWhom, why: SteeringEnd }),
  /** One interval of moving, told at its end. */
  'audit.cameraMoved': z.strictObject({ ...byWhom, fromMs: EpochMs, toMs: EpochMs, why: MoveEnd }),
  'audit.presetCalled': z.strictObject({ ...byWhom, preset: z.string().min(1).max(64) }),
} as const;

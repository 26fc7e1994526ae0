import { z } from 'zod';
import { Purpose } from '#contract/cameras/index.ts';
import { EvidenceId, EvidenceKind, EvidencePicture, EvidenceReason } from '#contract/evidence/index.ts';
import { ErasureReason } from '#contract/record/index.ts';
import { CameraId, DeskId, EpochMs, PersonId, Sha256Hex } from '#contract/values/index.ts';

/**
 * Payloads of facts about kept pictures, in the `audit` feed: who keeps a picture of a place is for those who may read who looks at it, and
 * what a town or a village reads does not tell them. The subject is that of the picture, e.g. `camera/<id>`.
 */
export const evidenceFacts = {
  /** `sha256` of the picture as it was before it was encrypted; `personId` owns it: he took it, at that desk. */
  'evidence.taken': z.strictObject({
    evidenceId: EvidenceId,
    kind: EvidenceKind,
    cameraId: CameraId,
    personId: PersonId,
    deskId: DeskId,
    reason: EvidenceReason,
    sha256: Sha256Hex,
    bytes: z.int().min(1),
    retainUntilMs: EpochMs,
    picture: EvidencePicture,
  }),
  /** Somebody was about to be shown it: recorded before he was. */
  'evidence.opened': z.strictObject({
    evidenceId: EvidenceId,
    cameraId: CameraId,
    purpose: Purpose,
    deskId: DeskId,
    personId: PersonId,
  }),
  /** A tombstone: the picture is gone for good. */
  'evidence.erased': z.strictObject({ evidenceId: EvidenceId, cameraId: CameraId, reason: ErasureReason }),
} as const;

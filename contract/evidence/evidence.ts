import { z } from 'zod';
import { Purpose } from '#contract/cameras/index.ts';
import { ErasureReason } from '#contract/record/index.ts';
import { CameraId, EpochMs, safeText } from '#contract/values/index.ts';

/**
 * Evidence: pictures that are kept on purpose (safety.md, "Pictures and privacy"), one by one, by right, with a reason and an end. A picture
 * lies encrypted in the platform's store; who took, opened and erased it is on the record. Live questions, never kept for later.
 */
export const evidenceLimits = {
  /** Snapshots of one person in a minute: nobody makes a film of single pictures. */
  takesPerMinute: 6,
  /** A picture is at most so large: a window draws it from memory and no browser moves it to a disk (safety.md). Unit: bytes. */
  pictureBytes: 1_000_000,
  /** Rows of one answer. */
  listRows: 50,
  /** How long a right to one opening lasts. Unit: ms. */
  grantMs: 60_000,
} as const;

/** What sorts of pictures are kept. Each has its own time after which it is erased by itself. */
export const EvidenceKind = z.enum(['snapshot']);
export type EvidenceKind = z.infer<typeof EvidenceKind>;

/** How long pictures of each kind are kept before they are erased by themselves. Unit: days. */
export const evidenceDays: { readonly [Kind in EvidenceKind]: number } = { snapshot: 30 };

/** Names one kept picture: a UUID, which tells nothing of what it shows. */
export const EvidenceId = z.uuid().brand<'EvidenceId'>();
export type EvidenceId = z.infer<typeof EvidenceId>;

/** Why a picture is kept: a code and, where there is one, a number; never words, because facts keep it. */
export const EvidenceReason = z.strictObject({
  kind: z.enum(['incident', 'publicSafety', 'missingPerson', 'equipment', 'drill']),
  reference: safeText({ maxLength: 64 }).nullable(),
});
export type EvidenceReason = z.infer<typeof EvidenceReason>;

/**
 * Of a picture out of a camera's stream. `atMs`: when it was taken, platform time; `isProven`: by the camera's own clock, otherwise reckoned
 * from its arrival. `masked`: areas were burned over by the gateway, and nothing of it was ever kept without.
 */
export const EvidencePicture = z.strictObject({
  atMs: EpochMs,
  isProven: z.boolean(),
  rendition: z.enum(['plain', 'masked']),
  widthPx: z.int().min(1).max(20_000),
  heightPx: z.int().min(1).max(20_000),
});
export type EvidencePicture = z.infer<typeof EvidencePicture>;

const named = z.string().max(60);

/** Whether a picture can still be opened. `missing`: the record knows it and its file is not there. */
export const EvidenceStanding = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('kept') }),
  z.strictObject({ kind: z.literal('erased'), atMs: EpochMs, reason: ErasureReason }),
  z.strictObject({ kind: z.literal('missing') }),
]);
export type EvidenceStanding = z.infer<typeof EvidenceStanding>;

/** One kept picture as a desk sees it. `by`: who took it, as he is called now; `bytes` of the plain picture. */
export const EvidenceRow = z.strictObject({
  evidenceId: EvidenceId,
  kind: EvidenceKind,
  cameraId: CameraId,
  takenAtMs: EpochMs,
  by: named,
  reason: EvidenceReason,
  retainUntilMs: EpochMs,
  bytes: z.int().min(1),
  picture: EvidencePicture,
  standing: EvidenceStanding,
});
export type EvidenceRow = z.infer<typeof EvidenceRow>;

/** `evidence.take`: keeps the newest picture of a camera. `language`: of the words in its mark. Answer: EvidenceRow, once both picture and fact are on the disk. */
export const TakeSnapshot = z.strictObject({
  type: z.literal('evidence.take'),
  cameraId: CameraId,
  reason: EvidenceReason,
  language: z.enum(['zh', 'en']),
});
export type TakeSnapshot = z.infer<typeof TakeSnapshot>;

/** `evidence.list`: what is kept of one camera, or (null) of every camera of the asker's territory, the newest first; `after` = the last row that he has. Answer: EvidenceList. */
export const ListEvidence = z.strictObject({
  type: z.literal('evidence.list'),
  cameraId: CameraId.nullable(),
  after: EvidenceId.nullable(),
});
export type ListEvidence = z.infer<typeof ListEvidence>;
/** A part of the list; `count` of all rows that match, `hasMore` behind these. */
export const EvidenceList = z.strictObject({
  rows: z.array(EvidenceRow).max(evidenceLimits.listRows),
  count: z.int().min(0),
  hasMore: z.boolean(),
});
export type EvidenceList = z.infer<typeof EvidenceList>;

/** `evidence.open`: asks for a right to one opening. Answer: EvidenceGrant. */
export const OpenEvidence = z.strictObject({ type: z.literal('evidence.open'), evidenceId: EvidenceId, purpose: Purpose });
export type OpenEvidence = z.infer<typeof OpenEvidence>;
/** A right to fetch one picture once: the token travels in a header, never in a URL. The look is on the record before a byte leaves. */
export const EvidenceGrant = z.strictObject({
  evidenceId: EvidenceId,
  token: z.string().min(32).max(256),
  url: z.string().max(300),
  expiresAtMs: EpochMs,
});
export type EvidenceGrant = z.infer<typeof EvidenceGrant>;

/** Everything a desk can ask about kept pictures. */
export const EvidenceQuestion = z.discriminatedUnion('type', [TakeSnapshot, ListEvidence, OpenEvidence]);
export type EvidenceQuestion = z.infer<typeof EvidenceQuestion>;

/** `evidence.erase`: the picture goes for good, and from every backup that is restored after; its fact stays, with a tombstone. */
export const EraseEvidence = z.strictObject({
  type: z.literal('evidence.erase'),
  evidenceId: EvidenceId,
  reason: ErasureReason.exclude(['retention']),
});
export type EraseEvidence = z.infer<typeof EraseEvidence>;

/**
 * Why nothing is kept, opened or erased; texts under `evidence:refusals`. A foreign camera or picture and none at all are the same.
 * `needsLift`: of a sensitive place a picture is kept only while somebody else lets its view be lifted.
 */
export type EvidenceRefusalCode =
  | 'cameras.unknown'
  | 'cameras.masked'
  | 'access.notAllowed'
  | 'bus.notRecorded'
  | 'evidence.unknown'
  | 'evidence.needsLift'
  | 'evidence.noPicture'
  | 'evidence.tooMany'
  | 'evidence.cannotMark'
  | 'evidence.diskFull'
  | 'evidence.notKept'
  | 'evidence.alreadyErased'
  | 'evidence.missing';

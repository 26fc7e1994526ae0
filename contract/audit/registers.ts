import { z } from 'zod';
import { CameraFault, cameraFacts, Purpose, StreamQuality, UnmovingWhy, UnmovingWord } from '#contract/cameras/index.ts';
import { Actor } from '#contract/record/index.ts';
import { CameraId, DeskId, EpochMs, PersonId } from '#contract/values/index.ts';
import { ViewEnd } from './facts.ts';

/**
 * One interval of looking. `seq` is the place of its opening in the audit feed: it names the row and never changes. `endedAtMs` null = open
 * now. A view that ended with the platform itself (`platformEnded`) ended at that moment at the latest.
 */
export const LookingRow = z.strictObject({
  seq: z.int().min(1),
  grantId: z.string().min(1).max(64),
  cameraId: CameraId,
  quality: StreamQuality,
  purpose: Purpose,
  tile: z.string().max(160),
  deskId: DeskId,
  /** Null = nobody was logged in: the wall looked on as the workstation itself. */
  personId: PersonId.nullable(),
  openedAtMs: EpochMs,
  endedAtMs: EpochMs.nullable(),
  end: z.enum([...ViewEnd.options, 'platformEnded']).nullable(),
});
export type LookingRow = z.infer<typeof LookingRow>;

/** One entry of the audit register: everything of the audit feed but single views. `payload` is the fact's own JSON text. */
export const AuditRow = z.strictObject({
  seq: z.int().min(1),
  type: z.string().max(64),
  atMs: EpochMs,
  actor: Actor,
  subject: z.string().max(160),
  payload: z.string(),
});
export type AuditRow = z.infer<typeof AuditRow>;

/** What a fault row is about: pictures that did not come (`outage`) or did not move (`unmoving`), both noticed by the gateway, or what a person reported (`fault`). */
export const FaultKind = z.enum(['outage', 'unmoving', 'fault']);
export type FaultKind = z.infer<typeof FaultKind>;

/**
 * One interval in which a camera was lost or had a reported fault. `seq` is the place of its beginning in the county's feed: it
 * counts the facts of everybody, and leaves the platform to nobody.
 */
export const FaultRow = z.strictObject({
  seq: z.int().min(1),
  cameraId: CameraId,
  kind: FaultKind,
  reason: z.enum([...cameraFacts['cameras.sourceLost'].shape.reason.options, ...UnmovingWhy.options, ...CameraFault.options]),
  fromMs: EpochMs,
  fromActor: Actor,
  untilMs: EpochMs.nullable(),
  untilActor: Actor.nullable(),
  /** What a person said of an unmoving picture, and who; null = nobody has. */
  word: UnmovingWord.nullable(),
  wordActor: Actor.nullable(),
});
export type FaultRow = z.infer<typeof FaultRow>;

import { z } from 'zod';
import { CameraId, EpochMs, safeText } from '#contract/values/index.ts';
import { Camera } from './camera.ts';

/**
 * Lifting a camera's mask for a while (safety.md, "Pictures and privacy"). Live questions, never kept for later. Who asks is rung through
 * to the leaders of the roster, one after the other, on their phone page; one tap answers. Nobody answers for himself, and nothing but a
 * leader's yes lifts anything. A lift is for the person who asked, at the desk he asked from.
 */
export const liftLimits = {
  /** Longest lift that can be asked for. */
  maxMinutes: 30,
  /** Without an answer the next leader of the roster is rung besides. Unit: ms. */
  nextAfterMs: 60_000,
  /** Without any answer it stays masked. Unit: ms. */
  unansweredAfterMs: 120_000,
  /** How often a window asks how it stands while it waits. Unit: ms. */
  askEveryMs: 1_000,
} as const;

/** Why somebody wants to see what is masked: a code and, where there is one, a number; never words, because facts keep it. */
export const LiftReason = z.strictObject({
  kind: z.enum(['incident', 'missingPerson', 'publicSafety', 'equipment', 'inspection']),
  reference: safeText({ maxLength: 64 }).nullable(),
});
export type LiftReason = z.infer<typeof LiftReason>;

/** Minutes of a lift, from its approval on. */
export const LiftMinutes = z.int().min(1).max(liftLimits.maxMinutes);

/** `cameras.askLift`: rings the roster. Asked again while one waits or stands, it answers how that stands. Answer: LiftState. */
export const AskLift = z.strictObject({ type: z.literal('cameras.askLift'), cameraId: CameraId, reason: LiftReason, minutes: LiftMinutes });
export type AskLift = z.infer<typeof AskLift>;
/** `cameras.liftStatus`: how the asker's own request stands. Answer: LiftState. */
export const LiftStatus = z.strictObject({ type: z.literal('cameras.liftStatus'), cameraId: CameraId });
/** `cameras.endLift`: masked again before its time, or the request taken back. Answer: LiftState. */
export const EndLift = z.strictObject({ type: z.literal('cameras.endLift'), cameraId: CameraId });

/** Everything a desk can ask about lifting. */
export const LiftQuestion = z.discriminatedUnion('type', [AskLift, LiftStatus, EndLift]);
export type LiftQuestion = z.infer<typeof LiftQuestion>;

/** Identifies one request. */
export const LiftId = z.string().min(8).max(64);

const named = z.string().max(60);

/** How the asker's request for one camera stands. `ringing`: the leaders who have it on their phone now, the first of the roster first. */
export const LiftState = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('masked') }),
  z.strictObject({ kind: z.literal('waiting'), ringing: z.array(named).max(64), askedAtMs: EpochMs, untilMs: EpochMs }),
  z.strictObject({ kind: z.literal('lifted'), by: named, untilMs: EpochMs }),
  z.strictObject({ kind: z.literal('refused'), by: named, atMs: EpochMs }),
  z.strictObject({ kind: z.literal('unanswered'), atMs: EpochMs }),
]);
export type LiftState = z.infer<typeof LiftState>;

/**
 * Why a request is not even rung; texts under `cameras:refusals`. `notMasked`: there is nothing to lift. `liftNobody`: the roster has no
 * leader for this place beside the asker himself.
 */
export type LiftRefusalCode = 'cameras.unknown' | 'access.notAllowed' | 'cameras.notMasked' | 'cameras.liftNobody' | 'bus.notRecorded';

/** One request on a leader's phone page. */
export const WaitingLift = z.strictObject({
  liftId: LiftId,
  camera: Camera.pick({ number: true, name: true, nameEn: true, cameraClass: true }),
  asker: named,
  reason: LiftReason,
  minutes: LiftMinutes,
  askedAtMs: EpochMs,
  untilMs: EpochMs,
});
export type WaitingLift = z.infer<typeof WaitingLift>;

/** GET waitingLifts: what rings the leader who asks, the oldest first. */
export const WaitingLifts = z.strictObject({ nowMs: EpochMs, lifts: z.array(WaitingLift).max(64) });
export type WaitingLifts = z.infer<typeof WaitingLifts>;

/** POST answerLift: one tap. Answer: AnsweredLift. */
export const AnswerLift = z.strictObject({ liftId: LiftId, answer: z.enum(['approve', 'refuse']) });
export type AnswerLift = z.infer<typeof AnswerLift>;
/** What became of a tap; `late` when the request is no longer waiting, or was never this leader's to answer. */
export const AnsweredLift = z.strictObject({ outcome: z.enum(['approved', 'refused', 'late']) });
export type AnsweredLift = z.infer<typeof AnsweredLift>;

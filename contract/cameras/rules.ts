import { z } from 'zod';
import { Note, ParticularsLink } from '#contract/record/index.ts';
import { CameraId, EpochMs, granted, type Result, refused } from '#contract/values/index.ts';
import { LostReason } from './lostReason.ts';
import { CameraProbe, StreamProbes } from './probe.ts';

/** What a person saw wrong with a camera. Codes, translated at the screen. */
export const CameraFault = z.enum(['noPicture', 'frozenPicture', 'blurred', 'wrongDirection', 'other']);
export type CameraFault = z.infer<typeof CameraFault>;

/** Why a picture counts as unmoving: the encoder sends the very same pictures again, or nothing in them has changed for ten minutes. */
export const UnmovingWhy = z.enum(['repeated', 'still']);
export type UnmovingWhy = z.infer<typeof UnmovingWhy>;
/** A person's word about a picture that does not move: something is wrong with it, or there is nothing to be seen to move (a quiet night, fog). */
export const UnmovingWord = z.enum(['fault', 'quiet']);
export type UnmovingWord = z.infer<typeof UnmovingWord>;
const versioned = { cameraId: CameraId, version: z.int().min(1) };

const source = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('normal') }),
  z.strictObject({ kind: z.literal('lost'), sinceMs: EpochMs, reason: LostReason }),
  z.strictObject({ kind: z.literal('unmoving'), sinceMs: EpochMs, why: UnmovingWhy, word: UnmovingWord.optional() }),
]);
/** Its clock differs from the platform's by more than a minute; `offsetMs` > 0 = it is behind. */
const clock = z.strictObject({ sinceMs: EpochMs, offsetMs: z.int() }).nullable();
/** It comes and goes so often that single losses are counted, not told. */
const flapping = z.strictObject({ sinceMs: EpochMs, losses: z.int().min(1) }).nullable();
/** What its streams were last found to be; null = the address is another one since. */
const probed = CameraProbe.nullable();
/** `note`: where the words are that somebody wrote beside his report; absent = he wrote none. */
const fault = z.strictObject({ kind: CameraFault, reportedAtMs: EpochMs, note: ParticularsLink.optional() }).nullable();

/** Payloads of the camera facts (all v1). `version` counts this camera's facts: an older one never overwrites a newer one. */
export const cameraFacts = {
  'cameras.sourceLost': z.strictObject({ ...versioned, reason: LostReason }),
  'cameras.sourceRestored': z.strictObject(versioned),
  /** Pictures come, but the same one since `sinceMs`. */
  'cameras.pictureUnmoving': z.strictObject({ ...versioned, sinceMs: EpochMs, why: UnmovingWhy }),
  'cameras.pictureMoving': z.strictObject(versioned),
  /** Somebody looked at a picture that does not move and says what it is; a later word stands instead of an earlier one. */
  'cameras.unmovingJudged': z.strictObject({ ...versioned, word: UnmovingWord }),
  /** The camera's clock is more than a minute off; `offsetMs` > 0 = it is behind the platform's. */
  'cameras.clockWrong': z.strictObject({ ...versioned, offsetMs: z.int() }),
  'cameras.clockRight': z.strictObject(versioned),
  /** It was lost so often within an hour that the single losses are no facts any more, until `cameras.settled`. */
  'cameras.flapping': z.strictObject({ ...versioned, losses: z.int().min(1) }),
  /** It has not changed for a while; `losses` = how often it was lost while it flapped, those before the fact included. */
  'cameras.settled': z.strictObject({ ...versioned, losses: z.int().min(1) }),
  /** What its streams were found to be. Told again unchanged at most once a day. */
  'cameras.probed': z.strictObject({ ...versioned, streams: StreamProbes }),
  /** Its addresses have been replaced: what was found before says nothing of them. */
  'cameras.probeOutdated': z.strictObject(versioned),
  'cameras.faultReported': z.strictObject({ ...versioned, fault: CameraFault, note: ParticularsLink.optional() }),
  'cameras.faultCleared': z.strictObject(versioned),
  /** The camera belongs to others now: what this feed knew of its condition is no longer its own to tell. Says not where to. */
  'cameras.movedOut': z.strictObject(versioned),
  /** The whole condition of a camera that came from elsewhere. A move takes two versions: this one is behind its `movedOut`. */
  'cameras.movedIn': z.strictObject({
    ...versioned,
    source,
    fault,
    clock: clock.optional(),
    flapping: flapping.optional(),
    probed: probed.optional(),
  }),
} as const;

/** A camera fact with its parsed payload and when the platform recorded it. */
export type CameraFact = {
  [Type in keyof typeof cameraFacts]: { type: Type; atMs: number; payload: z.infer<(typeof cameraFacts)[Type]> };
}[keyof typeof cameraFacts];

/** What the record knows of one camera's condition. */
export const CameraCondition = z.strictObject({
  cameraId: CameraId,
  version: z.int().min(1),
  source,
  fault,
  clock: clock.optional(),
  flapping: flapping.optional(),
  probed: probed.optional(),
});
export type CameraCondition = z.infer<typeof CameraCondition>;

/** Conditions of the cameras that ever had one; a camera that is not in it is normal, version 0. */
export type CamerasState = ReadonlyMap<CameraId, CameraCondition>;

/** Commands about cameras that change the record. */
export const CameraCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('cameras.reportFault'), cameraId: CameraId, fault: CameraFault, note: Note.optional() }),
  z.strictObject({ type: z.literal('cameras.clearFault'), cameraId: CameraId }),
  z.strictObject({ type: z.literal('cameras.judgeUnmoving'), cameraId: CameraId, word: UnmovingWord }),
]);
export type CameraCommand = z.infer<typeof CameraCommand>;

/** What deciding tells: the fact's type and payload; envelope and time are the record's. */
export type CameraFactDraft = {
  [Type in keyof typeof cameraFacts]: { type: Type; payload: z.infer<(typeof cameraFacts)[Type]> };
}[keyof typeof cameraFacts];

/** Why a camera command is refused; texts under `cameras:refusals`. */
export type CameraRefusalCode = 'cameras.unknown' | 'cameras.faultAlreadyReported' | 'cameras.noFaultReported' | 'cameras.notUnmoving';

/**
 * Decides a camera command. `note` is what the command's own words became: a link to where they are kept apart. `isKnown` tells whether the asking session's directory has the camera: foreign and missing are the same refusal.
 */
export function decideCamera(
  state: CamerasState,
  { command, note, isKnown }: { command: CameraCommand; note?: ParticularsLink | undefined; isKnown: (cameraId: CameraId) => boolean },
): Result<readonly CameraFactDraft[], CameraRefusalCode> {
  const { cameraId } = command;
  if (!isKnown(cameraId)) return refused('cameras.unknown', { cameraId });
  const condition = state.get(cameraId);
  const version = (condition?.version ?? 0) + 1;
  switch (command.type) {
    case 'cameras.reportFault':
      if (condition?.fault != null) return refused('cameras.faultAlreadyReported', { cameraId });
      return granted([{ type: 'cameras.faultReported', payload: { cameraId, version, fault: command.fault, ...optionalNote(note) } }]);
    case 'cameras.clearFault':
      if (condition?.fault == null) return refused('cameras.noFaultReported', { cameraId });
      return granted([{ type: 'cameras.faultCleared', payload: { cameraId, version } }]);
    case 'cameras.judgeUnmoving':
      if (condition?.source.kind !== 'unmoving') return refused('cameras.notUnmoving', { cameraId });
      if (condition.source.word === command.word) return granted([]);
      return granted([{ type: 'cameras.unmovingJudged', payload: { cameraId, version, word: command.word } }]);
  }
}

/** Whether a camera's pictures come and move. */
export type CameraSourceChange =
  | { readonly cameraId: CameraId; readonly source: 'lost'; readonly reason: z.infer<typeof LostReason> }
  | { readonly cameraId: CameraId; readonly source: 'normal' }
  | { readonly cameraId: CameraId; readonly source: 'unmoving'; readonly sinceMs: number; readonly why: UnmovingWhy };

/** Whether a camera's clock can be believed. */
export type CameraClockChange =
  | { readonly cameraId: CameraId; readonly clock: 'wrong'; readonly offsetMs: number }
  | { readonly cameraId: CameraId; readonly clock: 'right' };

/** Whether a camera comes and goes too often for single facts. */
export type CameraFlapChange = { readonly cameraId: CameraId; readonly flapping: 'began' | 'settled'; readonly losses: number };

/** The facts of what was noticed; none when the record already says so. */
export function decideSourceChange(
  state: CamerasState,
  change: CameraSourceChange | CameraClockChange | CameraFlapChange,
): readonly CameraFactDraft[] {
  const { cameraId } = change;
  const condition = state.get(cameraId);
  const payload = { cameraId, version: (condition?.version ?? 0) + 1 };
  if ('clock' in change) {
    if ((condition?.clock == null) === (change.clock === 'right')) return [];
    if (change.clock === 'right') return [{ type: 'cameras.clockRight', payload }];
    return [{ type: 'cameras.clockWrong', payload: { ...payload, offsetMs: Math.round(change.offsetMs) } }];
  }
  if ('flapping' in change) {
    if ((condition?.flapping == null) === (change.flapping === 'settled')) return [];
    const type = change.flapping === 'began' ? 'cameras.flapping' : 'cameras.settled';
    return [{ type, payload: { ...payload, losses: change.losses } }];
  }
  const known = condition?.source.kind ?? 'normal';
  if (known === change.source) return [];
  switch (change.source) {
    case 'lost':
      return [{ type: 'cameras.sourceLost', payload: { ...payload, reason: change.reason } }];
    case 'normal':
      return [{ type: known === 'lost' ? 'cameras.sourceRestored' : 'cameras.pictureMoving', payload }];
    case 'unmoving': {
      const { sinceMs, why } = change;
      const restored = known === 'lost' ? [{ type: 'cameras.sourceRestored', payload } as const] : [];
      const version = payload.version + restored.length;
      return [...restored, { type: 'cameras.pictureUnmoving', payload: { cameraId, version, sinceMs, why } }];
    }
  }
}

/**
 * What a move of these cameras tells: nothing of one without a condition, because no feed has anything of it to hand over. `leaves`: whether
 * some feed loses it; one that was in no town and comes into one leaves none.
 */
export function decideMoves(
  state: CamerasState,
  moved: readonly { readonly cameraId: CameraId; readonly leaves: 'some' | 'none' }[],
): readonly CameraFactDraft[] {
  return moved.flatMap(({ cameraId, leaves }): CameraFactDraft[] => {
    const condition = state.get(cameraId);
    if (condition === undefined) return [];
    const { version, ...whole } = condition;
    const movedIn = { type: 'cameras.movedIn', payload: { ...whole, version: version + 2 } } as const;
    return leaves === 'none' ? [movedIn] : [{ type: 'cameras.movedOut', payload: { cameraId, version: version + 1 } }, movedIn];
  });
}

/** Folds one camera fact. What is not newer than the known version changes nothing (the same object comes back). */
export function evolveCameras(state: CamerasState, fact: CameraFact): CamerasState {
  return evolveCamerasAll(state, [fact]);
}

/** Folds many camera facts in order, with one copy for all of them: a copy per fact costs most of a catch-up. Equal to one by one. */
export function evolveCamerasAll(state: CamerasState, facts: readonly CameraFact[]): CamerasState {
  let copy: Map<CameraId, CameraCondition> | null = null;
  for (const fact of facts) {
    const { cameraId, version } = fact.payload;
    const before: CameraCondition | undefined = (copy ?? state).get(cameraId);
    if (before !== undefined && before.version >= version) continue;
    const kept = { ...(before ?? { cameraId, source: { kind: 'normal' }, fault: null }), version };
    copy ??= new Map(state);
    copy.set(cameraId, conditionAfter(kept, fact));
  }
  return copy ?? state;
}

function conditionAfter(kept: CameraCondition, fact: CameraFact): CameraCondition {
  switch (fact.type) {
    case 'cameras.sourceLost':
      return { ...kept, source: { kind: 'lost', sinceMs: fact.atMs, reason: fact.payload.reason } };
    case 'cameras.sourceRestored':
    case 'cameras.pictureMoving':
      return { ...kept, source: { kind: 'normal' } };
    case 'cameras.pictureUnmoving':
      return { ...kept, source: { kind: 'unmoving', sinceMs: fact.payload.sinceMs, why: fact.payload.why } };
    case 'cameras.unmovingJudged':
      // It began to move while somebody was still looking at it: the word is about nothing any more.
      return kept.source.kind === 'unmoving' ? { ...kept, source: { ...kept.source, word: fact.payload.word } } : kept;
    case 'cameras.clockWrong':
      return { ...kept, clock: { sinceMs: fact.atMs, offsetMs: fact.payload.offsetMs } };
    case 'cameras.clockRight':
      return { ...kept, clock: null };
    case 'cameras.flapping':
      return { ...kept, flapping: { sinceMs: fact.atMs, losses: fact.payload.losses } };
    case 'cameras.settled':
      return { ...kept, flapping: null };
    case 'cameras.probed':
      return { ...kept, probed: { atMs: fact.atMs, streams: fact.payload.streams } };
    case 'cameras.probeOutdated':
      return { ...kept, probed: null };
    case 'cameras.faultReported':
      return { ...kept, fault: { kind: fact.payload.fault, reportedAtMs: fact.atMs, ...optionalNote(fact.payload.note) } };
    case 'cameras.faultCleared':
      return { ...kept, fault: null };
    case 'cameras.movedOut':
      // Not forgotten: its version is what tells a late fact of the time before, in whichever order two feeds are heard.
      return { cameraId: kept.cameraId, version: kept.version, source: { kind: 'normal' }, fault: null };
    case 'cameras.movedIn':
      return fact.payload;
  }
}

function optionalNote(note: ParticularsLink | undefined): { note?: ParticularsLink } {
  return note === undefined ? {} : { note };
}

import { z } from 'zod';
import { CameraId, EpochMs } from '#contract/values/index.ts';

/**
 * Steering a camera (PTZ). Live questions, answered at once and never kept for later: a move that waited in a queue would turn a camera
 * that nobody looks through any more.
 *
 * One person steers a camera at a time. The first move takes the lease when it is free; each move renews it; `cameras.ptzTake` with
 * `from: 'holder'` takes it from somebody of a lower role. While a direction is held the window repeats `cameras.ptzMove` every
 * `ptzLimits.repeatEveryMs`; the camera stops by itself when that stops.
 */
export const ptzLimits = {
  /** A lease ends this long after its last move. Unit: ms. */
  leaseMs: 30_000,
  /** How often a window repeats a move that goes on. Unit: ms. */
  repeatEveryMs: 300,
  /** No move for this long: the platform stops the camera; with the way to the camera it stands within a second. Unit: ms. */
  deadManMs: 700,
  /** Presets that are told of one camera; devices have up to 300. */
  presets: 300,
} as const;

/** Speed on one axis: -1 = full to the left, down or wide; 1 = full to the right, up or near; 0 = stands. */
const PtzSpeed = z.number().min(-1).max(1);

/** A preset as the device names it. The token is the device's own and goes back to it as it came. */
export const PtzPreset = z.strictObject({ token: z.string().min(1).max(64), name: z.string().max(64) });
export type PtzPreset = z.infer<typeof PtzPreset>;

const ofCamera = { cameraId: CameraId };

/** `cameras.ptzStatus`: what the camera can and who holds it; asks the device. Answer: PtzStatus. */
export const PtzStatusQuestion = z.strictObject({ type: z.literal('cameras.ptzStatus'), ...ofCamera });
/** `cameras.ptzTake`: the lease, if it is free, or also from its holder. Answer: PtzLease. */
export const PtzTake = z.strictObject({ type: z.literal('cameras.ptzTake'), ...ofCamera, from: z.enum(['nobody', 'holder']) });
/** `cameras.ptzMove`: goes on for `deadManMs` unless repeated or stopped. Answer: PtzLease. */
export const PtzMove = z.strictObject({ type: z.literal('cameras.ptzMove'), ...ofCamera, pan: PtzSpeed, tilt: PtzSpeed, zoom: PtzSpeed });
export type PtzMove = z.infer<typeof PtzMove>;
/** `cameras.ptzStop`: stands still; the lease stays. Answer: PtzLease. */
export const PtzStop = z.strictObject({ type: z.literal('cameras.ptzStop'), ...ofCamera });
/** `cameras.ptzGoTo`: to a preset. Takes or renews the lease like a move. Answer: PtzLease. */
export const PtzGoTo = z.strictObject({ type: z.literal('cameras.ptzGoTo'), ...ofCamera, preset: PtzPreset.shape.token });
/** `cameras.ptzRelease`: stops and gives the lease back. Answer: PtzLease (`free`). */
export const PtzRelease = z.strictObject({ type: z.literal('cameras.ptzRelease'), ...ofCamera });

/** Everything that can be asked about steering. */
export const PtzQuestion = z.discriminatedUnion('type', [PtzStatusQuestion, PtzTake, PtzMove, PtzStop, PtzGoTo, PtzRelease]);
export type PtzQuestion = z.infer<typeof PtzQuestion>;

/** Who may steer now, as the asker sees it. `holder` is the name of the person who does; `canTakeOver` says whether the asker's role is higher. */
export const PtzLease = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('free') }),
  z.strictObject({ kind: z.literal('mine'), untilMs: EpochMs }),
  z.strictObject({ kind: z.literal('held'), holder: z.string().max(60), untilMs: EpochMs, canTakeOver: z.boolean() }),
]);
export type PtzLease = z.infer<typeof PtzLease>;

/** What a camera can do, its presets, and who holds it. */
export const PtzStatus = z.strictObject({
  ...ofCamera,
  axes: z.array(z.enum(['panTilt', 'zoom'])).max(2),
  presets: z.array(PtzPreset).max(ptzLimits.presets),
  lease: PtzLease,
});
export type PtzStatus = z.infer<typeof PtzStatus>;

/**
 * Why steering is refused; texts under `cameras:refusals`. `ptzNone`: nothing in the directory says how to steer it, or the device cannot.
 * `ptzHeld` names `holder` and `forS`; `ptzRoleTooLow` the same, to somebody who wanted to take over. `ptzDeviceFailed`: the camera did
 * not do as told (`reason` is a code of ours).
 */
export type PtzRefusalCode =
  | 'cameras.unknown'
  | 'cameras.masked'
  | 'access.notAllowed'
  | 'cameras.ptzNone'
  | 'cameras.ptzHeld'
  | 'cameras.ptzRoleTooLow'
  | 'cameras.ptzDeviceFailed'
  | 'cameras.ptzUnknownPreset';

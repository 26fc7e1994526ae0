import { z } from 'zod';
import { CameraId, EpochMs } from '#contract/values/index.ts';
import { StreamQuality } from './camera.ts';
import { LostReason } from './lostReason.ts';

/** How a stream gets onto glass: as the camera sends it, encoded anew by the gateway, or not at all (nothing here may encode). */
export const StreamPlay = z.enum(['asItIs', 'encoded', 'notAtAll']);
export type StreamPlay = z.infer<typeof StreamPlay>;

const word = z.string().min(1).max(24);

/** What one stream of a camera was found to be. Null where it cannot be known (docs/media.md, "The probe"). */
export const MeasuredStream = z.strictObject({
  outcome: z.literal('measured'),
  quality: StreamQuality,
  plays: StreamPlay,
  /** `h264`, `hevc`, else the name that the container or ffmpeg has for it; null for a picture that was encoded before anybody looked. */
  codec: word.nullable(),
  /** As the standards write it: `High`, `Constrained Baseline`, `Main 10`. */
  profile: word.nullable(),
  level: word.nullable(),
  widthPx: z.int().min(1).max(65_535),
  heightPx: z.int().min(1).max(65_535),
  /** How many sizes or forms it had since its source was opened: more than one = it changes. */
  sizes: z.int().min(1).max(100),
  framesPerSecond: z.number().min(0).max(1_000).nullable(),
  /** The longest distance between two key frames that was seen; `isAtLeast` when the next one had not come yet. */
  group: z.strictObject({ frames: z.int().min(1), seconds: z.number().min(0), isAtLeast: z.boolean() }).nullable(),
  hasBFrames: z.boolean().nullable(),
  bitsPerSecond: z.number().min(0).nullable(),
  /** Name of the sound's codec, `none` for a camera without; only where the session description says so. */
  audio: word.nullable(),
  transport: z.enum(['tcp', 'udp']).nullable(),
  /** Asked for over UDP, where nothing came. */
  isFallback: z.boolean(),
  /** Whether the camera's clock is proven by its pictures, or only their arrival is known. */
  pictureTime: z.enum(['camera', 'arrival']),
  /** What is to be added to the camera's clock to get the platform's: > 0 = it is behind. Unit: ms. */
  clockOffsetMs: z.int().nullable(),
  /** From asking to the first picture that can be shown. Unit: ms. */
  firstPictureMs: z.int().min(0).nullable(),
});
export type MeasuredStream = z.infer<typeof MeasuredStream>;

/** What came of looking at one stream. `windowOnly`: windows play it straight from the camera, so nothing here can see it. */
export const StreamProbe = z.discriminatedUnion('outcome', [
  MeasuredStream,
  z.strictObject({ outcome: z.literal('failed'), quality: StreamQuality, reason: LostReason, code: z.string().max(64).nullable() }),
  z.strictObject({ outcome: z.literal('windowOnly'), quality: StreamQuality }),
]);
export type StreamProbe = z.infer<typeof StreamProbe>;

/** All streams of one camera, main first. */
export const StreamProbes = z.array(StreamProbe).min(1).max(2);

/** What is known of a camera's streams, and when they were last looked at. */
export const CameraProbe = z.strictObject({ atMs: EpochMs, streams: StreamProbes });
export type CameraProbe = z.infer<typeof CameraProbe>;

/** Times of asking for a probe. */
export const probeLimits = {
  /** How often a window asks how its probe stands. Unit: ms. */
  askEveryMs: 1_000,
  /** The same result is told again after this long, so that its time stays true. Unit: ms. */
  toldAgainMs: 24 * 60 * 60_000,
} as const;

/** `cameras.probe`: looks at a camera's streams now. Shows nobody a picture; is on the record. Answer: ProbeState. */
export const AskProbe = z.strictObject({ type: z.literal('cameras.probe'), cameraId: CameraId });
/** `cameras.probeStatus`: how that stands. Answer: ProbeState. */
export const ProbeStatus = z.strictObject({ type: z.literal('cameras.probeStatus'), cameraId: CameraId });
/** Everything a desk can ask about probes. */
export const ProbeQuestion = z.discriminatedUnion('type', [AskProbe, ProbeStatus]);
export type ProbeQuestion = z.infer<typeof ProbeQuestion>;

/** How a camera's probe stands. `done` is the newest result; it may be as old as the record. `put off`: why the last one could not be made. */
export const ProbeState = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('waiting'), ahead: z.int().min(0) }),
  z.strictObject({ kind: z.literal('running'), sinceMs: EpochMs }),
  z.strictObject({ kind: z.literal('done'), probe: CameraProbe }),
  z.strictObject({ kind: z.literal('putOff'), code: z.string().max(64), atMs: EpochMs }),
]);
export type ProbeState = z.infer<typeof ProbeState>;

/**
 * Why a probe is not made; texts under `cameras:refusals`. `probeBusy`: the stream is open with masks burned in, and a second connection
 * would be too much for many cameras.
 */
export type ProbeRefusalCode =
  | 'cameras.unknown'
  | 'access.notAllowed'
  | 'cameras.notConnected'
  | 'cameras.probeBusy'
  | 'cameras.gatewayFull'
  | 'bus.notRecorded';

/** POST probeCameras: what was found since `sinceMs`; `ask: 'unprobed'` first puts every camera without a result at the front of the queue. */
export const ProbeRound = z.strictObject({ ask: z.enum(['unprobed', 'nothing']), sinceMs: EpochMs });
export type ProbeRound = z.infer<typeof ProbeRound>;

/** Its answer: how many still wait or are being looked at, and at most 500 results, the oldest first. */
export const ProbedCameras = z.strictObject({
  nowMs: EpochMs,
  waiting: z.int().min(0),
  cameras: z
    .array(z.strictObject({ cameraId: CameraId, number: z.string(), name: z.string(), nameEn: z.string(), probe: CameraProbe }))
    .max(500),
});
export type ProbedCameras = z.infer<typeof ProbedCameras>;

import { z } from 'zod';
import { CameraId, EpochMs, WindowId } from '#contract/values/index.ts';
import { StreamQuality } from './camera.ts';

/**
 * The push socket: one WebSocket per window to the gateway (`/media/push`), all cameras of the window on it. Text messages are JSON
 * of the two unions below, binary messages from the gateway are picture pieces (`decodePiece`).
 */

/** Number of a subscription on one socket, chosen by the window, never used again on that socket. */
const Channel = z.int().min(1).max(0xffff_ffff);

/**
 * How much a picture is needed when a line or a decoder is short. `alarm`: something happened there; `focused`: somebody looks at it now.
 */
export const ViewPriority = z.enum(['alarm', 'focused', 'usual']);
export type ViewPriority = z.infer<typeof ViewPriority>;

/** What a window tells the gateway. `open` without a priority is `usual`. `ack` grants credit: the fragment that starts at `mediaTime` (seconds) and all before it on that channel were appended. */
export const PushRequest = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hello'), windowId: WindowId }),
  z.strictObject({
    type: z.literal('open'),
    channel: Channel,
    token: z.string().min(32).max(256),
    priority: ViewPriority.optional(),
  }),
  z.strictObject({ type: z.literal('ack'), channel: Channel, mediaTime: z.number().min(0), bytes: z.int().min(0) }),
  z.strictObject({ type: z.literal('close'), channel: Channel }),
]);
export type PushRequest = z.infer<typeof PushRequest>;

/** What the gateway says beside the pictures. `source` repeats whenever the source's condition changes. */
export const PushNotice = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('opened'),
    channel: Channel,
    cameraId: CameraId,
    quality: StreamQuality,
    mimeType: z.string().max(120),
  }),
  z.strictObject({ type: z.literal('refused'), channel: Channel, code: z.string().max(64) }),
  z.strictObject({
    type: z.literal('source'),
    channel: Channel,
    source: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('flowing') }),
      z.strictObject({ kind: z.literal('lost'), sinceMs: EpochMs }),
      z.strictObject({ kind: z.literal('unmoving'), sinceMs: EpochMs }),
    ]),
  }),
  /** What is to be added to the camera's own time (`sourceAtMs` of the pieces) to get the platform's; told when it is known and whenever it changes. */
  z.strictObject({ type: z.literal('clock'), channel: Channel, offsetMs: z.number() }),
  z.strictObject({ type: z.literal('closed'), channel: Channel, code: z.string().max(64) }),
]);
export type PushNotice = z.infer<typeof PushNotice>;

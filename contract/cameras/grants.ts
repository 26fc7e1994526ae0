import { z } from 'zod';
import { CameraId, EpochMs, safeText, WindowId } from '#contract/values/index.ts';
import { StreamQuality } from './camera.ts';

/** Why a camera is opened; kept with the view. An incident's number goes in `reference` when purpose is `incident`. */
export const Purpose = z.strictObject({
  kind: z.enum(['patrol', 'incident', 'drill', 'maintenance']),
  reference: safeText({ maxLength: 64 }).nullable(),
});
export type Purpose = z.infer<typeof Purpose>;

/** `cameras.openView`: asks for a right to one stream for one window. `tile` is `<displayKey>/<cell>` or `console/preview`. */
export const OpenView = z.strictObject({
  type: z.literal('cameras.openView'),
  cameraId: CameraId,
  quality: StreamQuality,
  purpose: Purpose,
  tile: safeText({ maxLength: 160 }),
  windowId: WindowId,
});
export type OpenView = z.infer<typeof OpenView>;

/** Most views that one `cameras.openViews` asks for: a whole Display and the preview, well within `busLimits.toPlatformBytes`. */
export const viewsAtOnce = 64;

/**
 * `cameras.openViews`: the rights of one window that fall due together, opened or renewed in one question (protocol.md, "Media grants").
 * Answer: a Result of MediaGrant for each view, in the order they were asked in; one that is refused changes nothing for the others.
 * A platform of the version before calls it `bus.badMessage`: it is asked view by view.
 */
export const OpenViews = z.strictObject({
  type: z.literal('cameras.openViews'),
  windowId: WindowId,
  views: z
    .array(OpenView.omit({ type: true, windowId: true }))
    .min(1)
    .max(viewsAtOnce),
});
export type OpenViews = z.infer<typeof OpenViews>;

/**
 * A short-lived right to one stream: the token only *opens* (media.md), it travels in a header or in the first socket message,
 * never in a URL. `expiresAtMs` is at most 60 s ahead. Bound to session or device, camera, quality and window.
 */
export const MediaGrant = z.strictObject({
  cameraId: CameraId,
  quality: StreamQuality,
  token: z.string().min(32).max(256),
  expiresAtMs: EpochMs,
  /** WebSocket for push, e.g. ws://127.0.0.1:7080/media/push. */
  pushUrl: z.string().max(300),
  /** Playlist for HLS players, e.g. http://127.0.0.1:7080/media/hls/al-0007/sub/index.m3u8. */
  hlsUrl: z.string().max(300),
  /** The same stream as a low-latency playlist; absent from a gateway that offers none. */
  llHlsUrl: z.string().max(300).optional(),
  /** Where an offer is posted to (whep.ts); only for sources that a window plays itself. */
  whepUrl: z.string().max(300).optional(),
  /** Sources of one recorder share it, and it says nothing else about them: windows open few full pictures of a group at a time. */
  group: z.string().max(32).optional(),
  /** The masks of this camera are lifted for whoever asked, until then; told by `cameras.openViews` only. */
  liftedUntilMs: EpochMs.optional(),
});
export type MediaGrant = z.infer<typeof MediaGrant>;

/** Why a view is not granted; texts under the feature's `refusals`. */
export type OpenViewRefusalCode =
  | 'cameras.unknown'
  | 'cameras.notConnected'
  /** A demo whose picture is still being drawn: it comes by itself, and nothing is wrong. */
  | 'cameras.beingDrawn'
  | 'cameras.masked'
  | 'access.notAllowed'
  | 'cameras.gatewayFull';

/** How long a grant may open a stream. protocol.md, "Media grants". */
export const grantLifetimeMs = 60_000;

/**
 * What a tile may claim about its picture. Defined here once; the badge, the console's counts and the tests all read it.
 *
 * - `connecting` from the moment it is asked for until the first decoded frame is on glass, however long that takes.
 * - `live` only while decoded frames keep coming *and* the newest one's picture time is young enough.
 * - `unmoving` frames come, but the gateway says the picture has been the same for ever (fog, cover, a stuck source).
 * - `stale` no proof for `staleAfterMs`, or for a second while the gateway says the source is gone, or the newest picture is too old: the last
 *   frame is shown desaturated and hatched, with since when, however long that takes.
 * - `offline` the *camera* is gone: the platform's record says so, and there is no proof of the contrary here. One window's missing picture says
 *   nothing of the camera, which others may see (a slow desk, a cut line, one of its two streams).
 * - `refused` the platform said no (right, purpose, class); retrying does not help.
 */
export type TileState =
  | { readonly kind: 'connecting'; readonly sinceMs: number }
  | { readonly kind: 'live'; readonly pictureAtMs: number; readonly latencyMs: number; readonly clock: PictureClock }
  | { readonly kind: 'unmoving'; readonly pictureAtMs: number; readonly sinceMs: number }
  | { readonly kind: 'stale'; readonly lastPictureAtMs: number; readonly sinceMs: number; readonly reason: StaleReason }
  | { readonly kind: 'offline'; readonly lastPictureAtMs: number | null; readonly sinceMs: number }
  | { readonly kind: 'refused'; readonly code: string };

/** Which clock a picture's age was measured with: the camera's own (offset removed), or the time it arrived at the gateway. */
export type PictureClock = 'source' | 'arrival';

/** Why a picture is stale: no new frames are decoded, or they come but are old. */
export type StaleReason = 'noFrames' | 'delayed';

/** The limits of a player kind. Push: 3 s without a frame (media.md); HLS: two target durations. Milliseconds. */
export type TileLimits = {
  readonly connectWithinMs: number;
  readonly staleAfterMs: number;
  readonly offlineAfterMs: number;
  /** A picture older than this proves nothing, even if frames flow; one that was young when it was shown grows old on the glass. */
  readonly maxPictureAgeMs: number;
};

/** Push through our own gateway: media.md, "Frozen = no new frame for 3 s in push". */
export const pushLimits: TileLimits = { connectWithinMs: 10_000, staleAfterMs: 3_000, offlineAfterMs: 12_000, maxPictureAgeMs: 5_000 };

/** HLS with 2 s segments: frozen after two target durations; the picture itself is about three segments old. */
export const hlsLimits: TileLimits = { connectWithinMs: 20_000, staleAfterMs: 4_000, offlineAfterMs: 16_000, maxPictureAgeMs: 20_000 };

/** WebRTC: the player tells how long its own stream may pause; `staleAfterMs` is for one that is too new to know. */
export const webrtcLimits: TileLimits = { connectWithinMs: 10_000, staleAfterMs: 1_000, offlineAfterMs: 12_000, maxPictureAgeMs: 5_000 };

/** What is known about a tile's picture at a moment; everything in platform time (epoch ms). */
export type TileEvidence = {
  readonly openedAtMs: number;
  /** When the newest decoded frame was put on glass, and the time of the picture in it. */
  readonly lastFrame: { readonly shownAtMs: number; readonly pictureAtMs: number; readonly clock: PictureClock } | null;
  /** What the gateway says of the stream that is played here: of one of the camera's. */
  readonly source:
    | { readonly kind: 'flowing' }
    | { readonly kind: 'lost'; readonly sinceMs: number }
    | { readonly kind: 'unmoving'; readonly sinceMs: number }
    | { readonly kind: 'unknown' };
  /** Since when the camera itself is lost, as the platform's record says to everybody; null = it does not say so. */
  readonly cameraLostSinceMs: number | null;
  /** Set when the platform refused the grant. */
  readonly refusedCode: string | null;
};

/** The one rule that turns evidence into a claim. Pure; called on every frame and at least twice a second. */
export function tileState({ evidence, limits, nowMs }: { evidence: TileEvidence; limits: TileLimits; nowMs: number }): TileState {
  if (evidence.refusedCode !== null) return { kind: 'refused', code: evidence.refusedCode };
  const { lastFrame, source, cameraLostSinceMs } = evidence;
  if (lastFrame === null) return withoutFrame({ evidence, limits, nowMs });
  const { shownAtMs, pictureAtMs } = lastFrame;
  const silentMs = nowMs - shownAtMs;
  const isSourceGone = source.kind === 'lost' && source.sinceMs >= shownAtMs - limits.staleAfterMs;
  const graceMs = isSourceGone ? offlineGraceMs : limits.offlineAfterMs;
  if (cameraLostSinceMs !== null && silentMs > limits.staleAfterMs + graceMs)
    return { kind: 'offline', lastPictureAtMs: pictureAtMs, sinceMs: cameraLostSinceMs };
  // The gateway knows sooner than the glass, which shows what was on its way until then.
  if (silentMs > limits.staleAfterMs || (isSourceGone && silentMs > lostSilentMs))
    return { kind: 'stale', lastPictureAtMs: pictureAtMs, sinceMs: shownAtMs, reason: 'noFrames' };
  const latencyMs = Math.max(0, shownAtMs - pictureAtMs);
  if (nowMs - pictureAtMs > limits.maxPictureAgeMs)
    return { kind: 'stale', lastPictureAtMs: pictureAtMs, sinceMs: pictureAtMs, reason: 'delayed' };
  if (source.kind === 'unmoving') return { kind: 'unmoving', pictureAtMs, sinceMs: source.sinceMs };
  return { kind: 'live', pictureAtMs, latencyMs, clock: lastFrame.clock };
}

// With a source that is lost, a second without a frame is the end of what was on its way.
const lostSilentMs = 1_000;

// A tile says STALE at least this long before OFFLINE, so that a person sees that something changed.
const offlineGraceMs = 3_000;

function withoutFrame({ evidence, limits, nowMs }: { evidence: TileEvidence; limits: TileLimits; nowMs: number }): TileState {
  const { openedAtMs, source, cameraLostSinceMs } = evidence;
  // What the record says may be of before it was opened: it is given the time to flow.
  const patienceMs = source.kind === 'lost' ? limits.staleAfterMs : limits.connectWithinMs;
  if (cameraLostSinceMs !== null && nowMs - openedAtMs > patienceMs)
    return { kind: 'offline', lastPictureAtMs: null, sinceMs: cameraLostSinceMs };
  return { kind: 'connecting', sinceMs: openedAtMs };
}

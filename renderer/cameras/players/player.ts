import type { CameraPlayer, MediaGrant, PictureClock, TileEvidence, ViewPriority } from '#contract/cameras/index.ts';
import type { Result } from '#contract/values/index.ts';

/** Asks main for a right to the stream; a player asks anew whenever it opens, and before a right that must be kept runs out. */
export type GrantProvider = () => Promise<Result<MediaGrant>>;

/** What a player tells while it plays. */
export type PlayerEvidence =
  /** A decoded frame was put on glass. `pictureAtMs` is platform time of the picture in it. */
  | { readonly kind: 'frame'; readonly shownAtMs: number; readonly pictureAtMs: number; readonly clock: PictureClock }
  /** The gateway said how the source is. */
  | { readonly kind: 'source'; readonly source: TileEvidence['source'] }
  /** How long this stream may go without a new frame before it stands still; told by players that measure it. */
  | { readonly kind: 'pace'; readonly frozenAfterMs: number }
  /** Where opening has got to: what is being waited for. */
  | { readonly kind: 'phase'; readonly phase: PlayerPhase }
  /** The platform said no. */
  | { readonly kind: 'refused'; readonly code: string }
  /** The stream ended or failed; whoever holds the player opens another one. */
  | { readonly kind: 'ended'; readonly code: string };

/** What a picture that is not there yet waits for. `drawing`: a demo camera whose picture is still being made. */
export type PlayerPhase = 'grant' | 'drawing' | 'gateway' | 'firstPicture' | 'playing';

/** Plays one stream into one video element, once: after it ended or was closed another one is made. */
export type Player = {
  /** Starts; everything that follows is told by `onEvidence`. */
  open(grants: GrantProvider): void;
  /** Where to play. Called once, before or after `open`. The element stays the caller's. */
  attach(video: HTMLVideoElement): void;
  /** Stops and lets go of the element; nothing is told afterwards. May be called twice. */
  close(): void;
};

/** What every player is made with. */
export type PlayerPorts = {
  readonly onEvidence: (evidence: PlayerEvidence) => void;
  readonly platformNow: () => number;
  /** How much this picture is needed when the line is short. */
  readonly priority: ViewPriority;
};

/** Makes players of one kind. */
export type PlayerFactory = { create(ports: PlayerPorts): Player };

/** Kinds of players. `push`: our own gateway; `hls`: everything that speaks HLS; `whep`: the window speaks WebRTC with the camera. */
export type PlayerKind = CameraPlayer;
export type Players = { readonly [Kind in PlayerKind]: PlayerFactory };

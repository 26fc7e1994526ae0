import type { TileEvidence, ViewPriority } from '#contract/cameras/index.ts';
import type { TimelinePoint } from '../timeline.ts';

/** What the window asks of the push session, which usually runs in a worker. Channels are numbered by the window, never twice. */
export type PushOrder =
  | {
      readonly type: 'open';
      readonly channel: number;
      readonly url: string;
      readonly token: string;
      readonly windowId: string;
      readonly priority: ViewPriority;
    }
  | { readonly type: 'close'; readonly channel: number };

/** A media source as the window can put it on an element: a worker's handle, or the source itself where it lives in the window. */
export type PushMedia = MediaSourceHandle | MediaSource;

/** What the push session tells the window about a channel. */
export type PushNews =
  | { readonly type: 'media'; readonly channel: number; readonly media: PushMedia }
  /** The gateway has given the stream: pictures are on their way. */
  | { readonly type: 'opened'; readonly channel: number }
  | { readonly type: 'points'; readonly channel: number; readonly points: readonly TimelinePoint[] }
  | { readonly type: 'source'; readonly channel: number; readonly source: TileEvidence['source'] }
  | { readonly type: 'clock'; readonly channel: number; readonly offsetMs: number }
  | { readonly type: 'refused'; readonly channel: number; readonly code: string }
  | { readonly type: 'ended'; readonly channel: number; readonly code: string };

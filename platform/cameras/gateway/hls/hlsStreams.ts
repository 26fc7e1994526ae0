import { type Clock, granted, type Result, type Timers, type WindowId } from '#contract/values/index.ts';
import type { GatewayLimits } from '../limits.ts';
import { type RenditionAsked, sourceKey } from '../renditions/index.ts';
import type { SourcePool, WatchRefusalCode } from '../source/sourcePool.ts';
import { createHlsStream, type HlsStream } from './hlsStream.ts';

/** The sources that are packaged for HLS now. */
export type HlsStreams = {
  /** The stream of a camera for a window; opened when `mayOpen` (a playlist was asked for), else null when it is not open. */
  streamFor(options: {
    rendition: RenditionAsked;
    windowId: WindowId;
    opening: 'allowed' | 'refused';
  }): Result<HlsStream | null, WatchRefusalCode>;
  close(): void;
};

export type HlsStreamsOptions = { pool: SourcePool; clock: Clock; timers: Timers; limits: GatewayLimits };

export function createHlsStreams({ pool, clock, timers, limits }: HlsStreamsOptions): HlsStreams {
  const streams = new Map<string, { readonly stream: HlsStream; readonly end: () => void }>();

  const open = ({ rendition, windowId }: { rendition: RenditionAsked; windowId: WindowId }) => {
    const key = sourceKey(rendition);
    // A stream that is opened again goes on above its old numbers, or a player that stayed would take it for the past.
    const firstNumber = Math.floor(clock.nowMs() / 1000) % 1_000_000_000;
    const stream = createHlsStream({ timers, limits, firstNumber, onUnwatched: () => streams.get(key)?.end() });
    stream.touch(windowId);
    const watched = pool.watch({ ...rendition, viewer: stream.viewer });
    if (!watched.ok) {
      stream.close();
      return watched;
    }
    const end = () => {
      streams.delete(key);
      stream.close();
      watched.value();
    };
    streams.set(key, { stream, end });
    return granted(stream);
  };

  return {
    streamFor({ rendition, windowId, opening }) {
      const entry = streams.get(sourceKey(rendition));
      if (entry === undefined) return opening === 'allowed' ? open({ rendition, windowId }) : granted(null);
      entry.stream.touch(windowId);
      return granted(entry.stream);
    },
    close() {
      for (const { end } of [...streams.values()]) end();
    },
  };
}

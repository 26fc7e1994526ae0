import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { Timers } from '#contract/values/index.ts';
import type { HlsOrigin, HlsRefusalCode, RelayedPlaylist } from './hlsOrigin.ts';
import type { ReadUpTo } from './hlsOrigins.ts';

/** Why a foreign stream stopped: it ended, its playlist stands still, or what its server said last. */
export type FeedFault = HlsRefusalCode | 'cameras.hlsEnded' | 'cameras.hlsStuck' | 'cameras.hlsChanged';

/** Segments from the end that a start begins with: one would stall at once, three are as old as a player's. */
const startWith = 2;
const maxFailures = 3;
/** A playlist without a new segment for this many target durations stands still. */
const stuckAfterTargets = 3;

/**
 * Writes a foreign stream's segments into ffmpeg, in order and each once, until it ends, stands still or fails for good. Resolves with
 * why; ffmpeg's input is closed then.
 */
export async function feedSegments({
  origin,
  readUpTo,
  stdin,
  timers,
  isOver,
}: {
  origin: HlsOrigin;
  readUpTo: ReadUpTo;
  stdin: Writable;
  timers: Timers;
  isOver: () => boolean;
}): Promise<FeedFault | null> {
  let isFirst = true;
  let init: number | null = null;
  let failures = 0;
  let waitedMs = 0;

  const write = async (bytes: Buffer) => {
    if (!stdin.write(bytes)) await Promise.race([once(stdin, 'drain'), once(stdin, 'close')]);
  };
  const writeNew = async ({ segments }: RelayedPlaylist): Promise<FeedFault | 'none' | 'some'> => {
    const unread = segments.filter(({ number }) => number > readUpTo.segment);
    const fresh = isFirst ? unread.slice(-startWith) : unread;
    for (const segment of fresh) {
      if (!isFirst && segment.init !== init) return 'cameras.hlsChanged';
      if (segment.init !== init && segment.init !== null) {
        const head = await origin.init(segment.init);
        if (head !== null && !head.ok) return head.refusal.code;
        if (head !== null) await write(head.value);
        init = segment.init;
      }
      const body = await origin.segment(segment.number);
      readUpTo.segment = segment.number;
      isFirst = false;
      // One segment that is broken is a hole; its stream goes on.
      if (body === null || !body.ok) failures += 1;
      else await write(body.value);
      if (body !== null && !body.ok && failures >= maxFailures) return body.refusal.code;
      if (isOver()) return 'some';
    }
    return fresh.length === 0 ? 'none' : 'some';
  };

  const run = async (): Promise<FeedFault | null> => {
    while (!isOver()) {
      const playlist = await origin.playlist();
      if (isOver()) return null;
      let waitMs = 1_000;
      if (!playlist.ok) {
        failures += 1;
        if (failures >= maxFailures) return playlist.refusal.code;
      } else {
        const written = await writeNew(playlist.value);
        if (written !== 'none' && written !== 'some') return written;
        waitMs = Math.max(500, (playlist.value.targetS * 1000) / 2);
        if (written === 'some') {
          waitedMs = 0;
          failures = 0;
        } else if (waitedMs > playlist.value.targetS * 1000 * stuckAfterTargets) return 'cameras.hlsStuck';
        if (playlist.value.isEnded && written === 'none') return 'cameras.hlsEnded';
      }
      waitedMs += waitMs;
      await new Promise<void>((resolve) => timers.afterMs(waitMs, resolve));
    }
    return null;
  };

  try {
    return await run();
  } finally {
    stdin.end();
  }
}

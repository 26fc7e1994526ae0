import type { StreamQuality } from '#contract/cameras/index.ts';
import type { Timers } from '#contract/values/index.ts';
import { createDeadline, type Deadline } from '../../deadline.ts';
import type { ForeignPorts } from './fetchForeign.ts';
import { createHlsOrigin, type HlsOrigin } from './hlsOrigin.ts';

/** How far a stream was read: a start never reads again what was shown, or a stream that stands still would look alive again and again. */
export type ReadUpTo = { segment: number };

/** A stream in use. */
export type TakenOrigin = { readonly origin: HlsOrigin; readonly readUpTo: ReadUpTo; release(): void };

/** The foreign streams that are looked at now: read for pictures or relayed to players, each fetched once for all. */
export type HlsOrigins = { take(stream: { url: string; quality: StreamQuality }): TakenOrigin; close(): void };

/** What is known of a stream outlives its last user by this. Unit: ms. */
const forgetAfterMs = 120_000;

export function createHlsOrigins(ports: ForeignPorts & { readonly timers: Timers }): HlsOrigins {
  const taken = new Map<string, { readonly origin: HlsOrigin; readonly readUpTo: ReadUpTo; readonly forget: Deadline; users: number }>();

  const open = (stream: { url: string; quality: StreamQuality }) => {
    const forget = createDeadline(ports.timers);
    return { origin: createHlsOrigin(stream, ports), readUpTo: { segment: 0 }, forget, users: 0 };
  };

  return {
    take(stream) {
      const key = `${stream.quality} ${stream.url}`;
      const entry = taken.get(key) ?? open(stream);
      entry.users += 1;
      entry.forget.clear();
      taken.set(key, entry);
      let isReleased = false;
      return {
        origin: entry.origin,
        readUpTo: entry.readUpTo,
        release() {
          if (isReleased) return;
          isReleased = true;
          entry.users -= 1;
          if (entry.users === 0) entry.forget.set(forgetAfterMs, () => taken.delete(key));
        },
      };
    },
    close() {
      for (const { forget } of taken.values()) forget.clear();
      taken.clear();
    },
  };
}

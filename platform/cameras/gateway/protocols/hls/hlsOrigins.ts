import type { StreamQuality } from '#contract/cameras/index.ts';
import type { ForeignPorts } from './fetchForeign.ts';
import { createHlsOrigin, type HlsOrigin } from './hlsOrigin.ts';

/** The foreign streams that are looked at now: read for pictures or relayed to players, each fetched once for all. */
export type HlsOrigins = { take(stream: { url: string; quality: StreamQuality }): { readonly origin: HlsOrigin; release(): void } };

export function createHlsOrigins(ports: ForeignPorts): HlsOrigins {
  const taken = new Map<string, { readonly origin: HlsOrigin; users: number }>();
  return {
    take(stream) {
      const key = `${stream.quality} ${stream.url}`;
      const entry = taken.get(key) ?? { origin: createHlsOrigin(stream, ports), users: 0 };
      entry.users += 1;
      taken.set(key, entry);
      let isReleased = false;
      return {
        origin: entry.origin,
        release() {
          if (isReleased) return;
          isReleased = true;
          entry.users -= 1;
          if (entry.users === 0) taken.delete(key);
        },
      };
    },
  };
}

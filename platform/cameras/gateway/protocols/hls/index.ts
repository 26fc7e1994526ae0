import { granted, type Timers } from '#contract/values/index.ts';
import type { CameraSource } from '#platform/cameras/ports.ts';
import { faultOf, faulty } from '../faultOf.ts';
import type { InputAsked, InputOpening } from '../protocol.ts';
import { type FeedFault, feedSegments } from './feedSegments.ts';
import type { HlsOrigins } from './hlsOrigins.ts';

export { addressIn } from './fetchForeign.ts';
export { createHlsOrigins, type HlsOrigins } from './hlsOrigins.ts';
export type { HlsOrigin, RelayedPlaylist } from './hlsOrigin.ts';

// Segments come in bursts; read a little faster than they play, they flow evenly and never pile up.
const readRate = '1.03';
const studyUs = { quick: '1000000', patient: '8000000' } as const;
const reading = { protocol: 'hls', transport: null, isFallback: false, deviceClockOffsetMs: null } as const;

/**
 * Reads a foreign HLS stream. We fetch it, ffmpeg gets the bytes: ffmpeg itself would follow playlists and redirects wherever they lead.
 */
export async function openHls(
  { source, quality, study }: InputAsked<Extract<CameraSource, { kind: 'hls' }>>,
  { origins, timers }: { origins: HlsOrigins; timers: Timers },
): InputOpening {
  const { origin, readUpTo, release } = origins.take({ url: source.url, quality });
  const playlist = await origin.playlist();
  const first = playlist.ok ? playlist.value.segments.at(-1) : undefined;
  if (!playlist.ok || first === undefined || first.number <= readUpTo.segment) {
    release();
    return faulty(playlist.ok ? 'cameras.hlsStuck' : playlist.refusal.code);
  }
  let fault: FeedFault | null = null;
  let isOver = false;
  const format = first.init === null ? 'mpegts' : 'mp4';
  return granted({
    arguments: ['-protocol_whitelist', 'pipe', '-f', format, '-analyzeduration', studyUs[study], '-readrate', readRate, '-i', 'pipe:0'],
    reading,
    feed: (stdin) => {
      void feedSegments({ origin, readUpTo, stdin, timers, isOver: () => isOver || stdin.destroyed }).then(
        (ended) => {
          fault = ended;
        },
        () => stdin.destroy(),
      );
    },
    fault: () => faultOf(fault),
    close() {
      isOver = true;
      release();
    },
  });
}

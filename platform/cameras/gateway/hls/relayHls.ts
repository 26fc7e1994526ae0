import type { CameraSources } from '#platform/cameras/ports.ts';
import type { Timers } from '#contract/values/index.ts';
import { createDeadline, type Deadline } from '../deadline.ts';
import type { GatewayLimits } from '../limits.ts';
import type { HlsOrigin, HlsOrigins, RelayedPlaylist } from '../protocols/hls/index.ts';
import type { HlsPath } from './hlsPath.ts';

/** A relayed file, or why there is none: `code` is told in a header, for the player's page and the log. */
export type RelayAnswer =
  | { readonly status: 200; readonly type: string; readonly bytes: Uint8Array }
  | { readonly status: 404 | 502; readonly code: string };

/** Foreign HLS streams for HLS players: their playlists in our own words, their segments through us. */
export type HlsRelay = {
  /** Null when the camera's source is not a foreign HLS stream. */
  answer(path: HlsPath): Promise<RelayAnswer> | null;
  close(): void;
};

export function createHlsRelay({
  sources,
  origins,
  timers,
  limits,
}: {
  sources: CameraSources;
  origins: HlsOrigins;
  timers: Timers;
  limits: GatewayLimits;
}): HlsRelay {
  const open = new Map<string, { readonly taken: ReturnType<HlsOrigins['take']>; readonly idle: Deadline }>();

  const originFor = (url: string, { cameraId, quality }: HlsPath): HlsOrigin => {
    const key = `${cameraId} ${quality} ${url}`;
    const entry = open.get(key) ?? { taken: origins.take({ url, quality }), idle: createDeadline(timers) };
    open.set(key, entry);
    entry.idle.set(limits.hlsViewerMs, () => {
      open.delete(key);
      entry.taken.release();
    });
    return entry.taken.origin;
  };

  return {
    answer(path) {
      const source = sources.sourceOf(path.cameraId, path.quality);
      return source?.kind === 'hls' ? fileOf(originFor(source.url, path), path.file) : null;
    },
    close() {
      for (const { taken, idle } of open.values()) {
        idle.clear();
        taken.release();
      }
      open.clear();
    },
  };
}

async function fileOf(origin: HlsOrigin, file: HlsPath['file']): Promise<RelayAnswer> {
  // A foreign stream is relayed as it is told: without parts of its own.
  if (file.kind === 'part') return { status: 404, code: 'cameras.unknown' };
  if (file.kind === 'playlist' || file.kind === 'lowLatency') {
    const playlist = await origin.playlist();
    if (!playlist.ok) return { status: 502, code: playlist.refusal.code };
    return { status: 200, type: 'application/vnd.apple.mpegurl', bytes: Buffer.from(relayedText(playlist.value)) };
  }
  const body = file.kind === 'init' ? await origin.init(file.run) : await origin.segment(file.number);
  if (body === null) return { status: 404, code: 'cameras.unknown' };
  if (!body.ok) return { status: 502, code: body.refusal.code };
  // 0x47 begins every packet of an MPEG transport stream.
  return { status: 200, type: body.value[0] === 0x47 ? 'video/mp2t' : 'video/mp4', bytes: body.value };
}

function relayedText({ targetS, segments, isEnded }: RelayedPlaylist): string {
  const lines = ['#EXTM3U', '#EXT-X-VERSION:7', `#EXT-X-TARGETDURATION:${targetS}`, `#EXT-X-MEDIA-SEQUENCE:${segments[0]?.number ?? 0}`];
  let init: number | null = null;
  for (const segment of segments) {
    if (segment.isDiscontinuity) lines.push('#EXT-X-DISCONTINUITY');
    if (segment.init !== init && segment.init !== null) lines.push(`#EXT-X-MAP:URI="init-${segment.init}.mp4"`);
    init = segment.init;
    if (segment.programDateTime !== null) lines.push(`#EXT-X-PROGRAM-DATE-TIME:${segment.programDateTime}`);
    lines.push(`#EXTINF:${segment.durationS.toFixed(3)},`, `seg-${segment.number}.m4s`);
  }
  return `${[...lines, ...(isEnded ? ['#EXT-X-ENDLIST'] : [])].join('\n')}\n`;
}

import { routes } from '#contract/bus/index.ts';

/** The multivariant playlist of a camera with two renditions, as RFC 8216 has it; null for other addresses. */
export function multivariantPlaylist(target: string): string | null {
  const camera = /^\/two\/([\w-]+)\.m3u8$/.exec(target)?.[1];
  if (camera === undefined) return null;
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    '#EXT-X-STREAM-INF:BANDWIDTH=500000,RESOLUTION=640x360,FRAME-RATE=12.5,CODECS="avc1.64001E"',
    `${routes.mediaHls}/${camera}/sub/index.m3u8`,
    '#EXT-X-STREAM-INF:BANDWIDTH=1500000,RESOLUTION=1280x720,FRAME-RATE=12.5,CODECS="avc1.64001F"',
    `${routes.mediaHls}/${camera}/main/index.m3u8`,
    '',
  ].join('\n');
}

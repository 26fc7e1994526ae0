import type { SegmentList } from './segmentWindow.ts';

/** Writes a live media playlist (RFC 8216, version 7 for fMP4). Names are relative: the path holds camera and quality. */
export function playlistText({ segments, discontinuitySequence, targetDurationS }: SegmentList): string {
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    `#EXT-X-TARGETDURATION:${targetDurationS}`,
    `#EXT-X-MEDIA-SEQUENCE:${segments[0]?.number ?? 0}`,
    `#EXT-X-DISCONTINUITY-SEQUENCE:${discontinuitySequence}`,
  ];
  let run: number | null = null;
  for (const segment of segments) {
    if (segment.isDiscontinuous) lines.push('#EXT-X-DISCONTINUITY');
    if (segment.run !== run) lines.push(`#EXT-X-MAP:URI="init-${segment.run}.mp4"`);
    run = segment.run;
    lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(segment.firstPictureAtMs).toISOString()}`);
    lines.push(`#EXTINF:${segment.durationS.toFixed(3)},`, `seg-${segment.number}.m4s`);
  }
  return `${lines.join('\n')}\n`;
}

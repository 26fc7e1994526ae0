import type { Segment, SegmentList } from './segmentWindow.ts';

/** Writes a live media playlist (RFC 8216, version 7 for fMP4). Names are relative: the path holds camera and quality. */
export function playlistText(list: SegmentList): string {
  return textOf([...headOf({ list, version: 7 }), ...segmentLines({ segments: list.segments, before: () => [] })]);
}

/** Segments of which the parts are still named: players behind them load whole segments (RFC 8216bis asks for three target durations). */
const segmentsWithParts = 3;

/**
 * Writes the same stream as a low-latency playlist (RFC 8216bis, version 9): parts of the newest segments, blocking reload, and the part
 * that comes next. A part that ends at a key frame inside a segment may be shorter than 85 % of the part target, where groups of pictures
 * do not divide the segment; players take it.
 */
export function lowLatencyText(list: SegmentList & { readonly nextNumber: number }): string {
  const { segments, open, partTargetS, nextNumber } = list;
  const holdBackS = 3 * partTargetS;
  const withParts = segments.slice(-segmentsWithParts);
  const lines = segmentLines({
    segments: open === null ? segments : [...segments, open],
    before: (segment) => (segment === open || withParts.includes(segment) ? partLines(segment) : []),
    open,
  });
  return textOf([
    ...headOf({ list, version: 9 }),
    `#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=${holdBackS.toFixed(3)}`,
    `#EXT-X-PART-INF:PART-TARGET=${partTargetS.toFixed(3)}`,
    ...lines,
    `#EXT-X-PRELOAD-HINT:TYPE=PART,URI="${partName(nextNumber, open?.parts.length ?? 0)}"`,
  ]);
}

function headOf({ list, version }: { list: SegmentList; version: number }): readonly string[] {
  const { segments, open, discontinuitySequence, targetDurationS } = list;
  return [
    '#EXTM3U',
    `#EXT-X-VERSION:${version}`,
    '#EXT-X-INDEPENDENT-SEGMENTS',
    `#EXT-X-TARGETDURATION:${targetDurationS}`,
    `#EXT-X-MEDIA-SEQUENCE:${(segments[0] ?? open)?.number ?? 0}`,
    `#EXT-X-DISCONTINUITY-SEQUENCE:${discontinuitySequence}`,
  ];
}

function segmentLines(options: {
  segments: readonly Segment[];
  /** Lines between a segment's time and its name. */
  before: (segment: Segment) => readonly string[];
  /** Has no name yet: it is not whole. */
  open?: Segment | null;
}): readonly string[] {
  const lines: string[] = [];
  let run: number | null = null;
  for (const segment of options.segments) {
    if (segment.isDiscontinuous) lines.push('#EXT-X-DISCONTINUITY');
    if (segment.run !== run) lines.push(`#EXT-X-MAP:URI="init-${segment.run}.mp4"`);
    run = segment.run;
    lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(segment.firstPictureAtMs).toISOString()}`);
    lines.push(...options.before(segment));
    if (segment !== options.open) lines.push(`#EXTINF:${segment.durationS.toFixed(3)},`, `seg-${segment.number}.m4s`);
  }
  return lines;
}

function partLines({ number, parts }: Segment): readonly string[] {
  return parts.map(({ durationS, isIndependent }, part) => {
    const independent = isIndependent ? ',INDEPENDENT=YES' : '';
    return `#EXT-X-PART:DURATION=${durationS.toFixed(3)},URI="${partName(number, part)}"${independent}`;
  });
}

function partName(number: number, part: number): string {
  return `part-${number}-${part}.m4s`;
}

function textOf(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}

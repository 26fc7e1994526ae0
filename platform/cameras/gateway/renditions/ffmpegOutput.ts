import type { MaskAreas, StreamQuality } from '#contract/cameras/index.ts';
import { type MaskBox, maskBoxes } from './maskBoxes.ts';

/** What is made of a source's pictures: handed on as they are, or drawn anew as H.264, masked where `masks` says so. */
export type OutputAsked =
  | { readonly kind: 'copied' }
  | { readonly kind: 'encoded'; readonly quality: StreamQuality; readonly masks: MaskAreas | null };

const quiet = ['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'warning'];
const track = ['-map', '0:v:0', '-an'];
const fragments = [
  ...['-f', 'mp4', '-movflags', '+frag_keyframe+empty_moov+default_base_moof+skip_trailer'],
  ...['-frag_duration', '240000', '-flush_packets', '1'],
];
// `write_prft wallclock` carries the camera's RTCP time where it sends one (media.md, "Picture time"); what is encoded has lost it.
const copied = [...track, '-c:v', 'copy', ...fragments, '-write_prft', 'wallclock', 'pipe:1'];

// Dark and not black, so that nobody takes a mask for a broken sensor.
const maskColour = '0x10151a';

// What is encoded is made no larger than a tile needs: the small picture first, since decoding the full one costs ten times as much.
const mostPx = { sub: [704, 576], main: [1280, 720] } as const satisfies Record<StreamQuality, readonly [number, number]>;

/** The whole ffmpeg argument array. One thread for decoding and encoding: no frame waits for others, and no source takes the machine. */
export function ffmpegArguments(input: readonly string[], asked: OutputAsked): readonly string[] {
  switch (asked.kind) {
    case 'copied':
      return [...quiet, ...input, ...copied];
    case 'encoded':
      return [...quiet, '-threads', '1', ...input, ...track, '-vf', filtersOf(asked), ...encoder, ...fragments, 'pipe:1'];
  }
}

// A key frame every two seconds by time: the source's pace is not known. Held to what a small tile needs, in case a picture is all noise.
const encoder = [
  ...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-threads', '1', '-crf', '26'],
  ...['-maxrate', '3M', '-bufsize', '3M', '-force_key_frames', 'expr:gte(t,n_forced*2)'],
];

// Masked before it is made smaller: no pixel beside a mask is mixed with what lies under it.
function filtersOf({ masks, quality }: Extract<OutputAsked, { kind: 'encoded' }>): string {
  const [widthPx, heightPx] = mostPx[quality];
  const smaller = `scale=w=min(iw\\,${widthPx}):h=min(ih\\,${heightPx}):force_original_aspect_ratio=decrease:force_divisible_by=2`;
  return [...(masks === null ? [] : maskBoxes(masks).map(boxFilter)), smaller, 'format=yuv420p'].join(',');
}

// A pixel more on each side and one for each rounding: chroma is shared by pairs of pixels.
function boxFilter({ left, top, right, bottom }: MaskBox): string {
  const place = `x=iw*${numeral(left)}-2:y=ih*${numeral(top)}-2:w=iw*${numeral(right - left)}+5:h=ih*${numeral(bottom - top)}+5`;
  return `drawbox=${place}:color=${maskColour}:t=fill`;
}

function numeral(value: number): string {
  return value.toFixed(5);
}

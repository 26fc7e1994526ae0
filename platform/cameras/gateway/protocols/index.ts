import { granted, type Result } from '#contract/values/index.ts';
import type { CameraSource } from '#platform/cameras/ports.ts';
import type { SourceNetworks } from '../checkSourceUrl.ts';
import { demoInput } from './demo.ts';
import type { InputRefusalCode, Study } from './protocol.ts';
import { rtspInput } from './rtsp.ts';

const quiet = ['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'warning'];

// Short fragments on a pipe, never transcoded. `write_prft wallclock` carries the camera's RTCP time where it sends one (media.md, "Picture time").
const fragmentedOutput = [
  ...['-map', '0:v:0', '-an', '-c:v', 'copy', '-f', 'mp4'],
  ...['-movflags', '+frag_keyframe+empty_moov+default_base_moof+skip_trailer', '-write_prft', 'wallclock'],
  ...['-frag_duration', '240000', '-flush_packets', '1', 'pipe:1'],
];

/** A source to open, as ffmpeg is asked for it. */
export type InputAsked = { source: CameraSource; networks: SourceNetworks; study: Study };

/** The whole ffmpeg argument array for a source, or why it is not opened. */
export function ffmpegArguments(asked: InputAsked): Result<readonly string[], InputRefusalCode> {
  const input = inputArguments(asked);
  return input.ok ? granted([...quiet, ...input.value, ...fragmentedOutput]) : input;
}

// The protocol table: a new kind of source is one arm here and one file beside.
function inputArguments({ source, ...how }: InputAsked): Result<readonly string[], InputRefusalCode> {
  switch (source.kind) {
    case 'demo':
      return demoInput({ source, ...how });
    case 'rtsp':
      return rtspInput({ source, ...how });
  }
}

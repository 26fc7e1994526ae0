import type { Result } from '#contract/values/index.ts';
import type { CameraSource } from '#platform/cameras/ports.ts';
import type { SourceNetworks } from '../checkSourceUrl.ts';
import { demoInput } from './demo.ts';
import type { InputRefusalCode } from './protocol.ts';
import { rtspInput } from './rtsp.ts';

const quiet = ['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'warning'];

// Short fragments on a pipe, never transcoded. `write_prft wallclock` carries the camera's RTCP time where it sends one (media.md, "Picture time").
const fragmentedOutput = [
  ...['-map', '0:v:0', '-an', '-c:v', 'copy', '-f', 'mp4'],
  ...['-movflags', '+frag_keyframe+empty_moov+default_base_moof+skip_trailer', '-write_prft', 'wallclock'],
  ...['-frag_duration', '240000', '-flush_packets', '1', 'pipe:1'],
];

/** The whole ffmpeg argument array for a source, or why it is not opened. One line per kind of source: this switch is the protocol table. */
export function ffmpegArguments(source: CameraSource, networks: SourceNetworks): Result<readonly string[], InputRefusalCode> {
  const input = inputArguments(source, networks);
  return input.ok ? { ok: true, value: [...quiet, ...input.value, ...fragmentedOutput] } : input;
}

function inputArguments(source: CameraSource, networks: SourceNetworks): Result<readonly string[], InputRefusalCode> {
  switch (source.kind) {
    case 'demo':
      return demoInput(source, networks);
    case 'rtsp':
      return rtspInput(source, networks);
  }
}

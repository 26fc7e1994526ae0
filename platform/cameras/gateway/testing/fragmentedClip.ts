import { spawnSync } from 'node:child_process';

/** Fragmented MP4 of a moving test picture as the gateway's own ffmpeg writes it, in memory: 12.5 pictures a second, a key frame every 12. */
export function fragmentedClip({
  seconds = 2,
  codec = 'h264',
  size = '320x180',
  parameters = 'before',
}: {
  seconds?: number;
  codec?: 'h264' | 'hevc';
  size?: string;
  /** Whether each key frame brings its parameter sets along, as cameras do. */
  parameters?: 'before' | 'withPictures';
} = {}): Uint8Array {
  const encoder = codec === 'h264' ? 'libx264' : 'libx265';
  const { stdout } = spawnSync('ffmpeg', [
    ...['-loglevel', 'error', '-f', 'lavfi', '-i', `testsrc=size=${size}:rate=12.5:duration=${seconds}`, '-pix_fmt', 'yuv420p'],
    ...['-c:v', encoder, '-preset', 'ultrafast', '-g', '12', '-bf', '0', '-f', 'mp4'],
    ...(parameters === 'before' ? [] : ['-bsf:v', 'dump_extra=freq=keyframe']),
    ...['-movflags', '+frag_keyframe+empty_moov+default_base_moof+skip_trailer', '-write_prft', 'wallclock'],
    ...['-frag_duration', '240000', 'pipe:1'],
  ]);
  return stdout;
}

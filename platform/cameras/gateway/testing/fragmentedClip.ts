import { spawnSync } from 'node:child_process';

/** Fragmented MP4 of a moving test picture as the gateway's own ffmpeg writes it, in memory: 12.5 pictures a second, a key frame every 12. */
export function fragmentedClip({ seconds = 2, codec = 'h264' }: { seconds?: number; codec?: 'h264' | 'hevc' } = {}): Uint8Array {
  const encoder = codec === 'h264' ? 'libx264' : 'libx265';
  const { stdout } = spawnSync('ffmpeg', [
    ...['-loglevel', 'error', '-f', 'lavfi', '-i', `testsrc=size=320x180:rate=12.5:duration=${seconds}`, '-pix_fmt', 'yuv420p'],
    ...['-c:v', encoder, '-preset', 'ultrafast', '-g', '12', '-bf', '0', '-f', 'mp4'],
    ...['-movflags', '+frag_keyframe+empty_moov+default_base_moof+skip_trailer', '-write_prft', 'wallclock'],
    ...['-frag_duration', '240000', 'pipe:1'],
  ]);
  return stdout;
}

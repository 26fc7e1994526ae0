import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs ffmpeg to its end with optional input; answers what it wrote. */
export async function runFfmpeg(args: readonly string[], input?: Uint8Array): Promise<{ output: Buffer; errorText: string }> {
  const child = spawn('ffmpeg', ['-hide_banner', '-nostats', ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  const output: Buffer[] = [];
  let errorText = '';
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errorText += text;
  });
  // ffmpeg may end before it read everything; that is its own to say.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  await once(child, 'close');
  return { output: Buffer.concat(output), errorText };
}

/** How many pictures a decoder makes of MP4 bytes (or of a transport stream's), and the hash of each; complaints come along. */
export async function decodedPictures(
  bytes: Uint8Array,
  format: 'mp4' | 'mpegts' = 'mp4',
): Promise<{ pictures: number; hashes: readonly string[]; complaints: string }> {
  const { output, errorText } = await runFfmpeg(
    ['-loglevel', 'error', '-f', format, '-i', 'pipe:0', '-map', '0:v:0', '-f', 'framemd5', 'pipe:1'],
    bytes,
  );
  const lines = output.toString('utf8').split('\n');
  const hashes = lines.flatMap((line) => (/^\d/.test(line) ? [line.split(',').at(-1)?.trim() ?? ''] : []));
  return { pictures: hashes.length, hashes, complaints: errorText };
}

/** A camera clip on disk for the `demo` source, and the function that removes it. */
export async function loopClip({ bitrateKbps = 300 }: { bitrateKbps?: number } = {}): Promise<{ path: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'commandwall-loop-'));
  const path = join(folder, 'loop.mp4');
  const rate = ['-b:v', `${bitrateKbps}k`, '-minrate', `${bitrateKbps}k`, '-maxrate', `${bitrateKbps}k`, '-bufsize', `${bitrateKbps}k`];
  await runFfmpeg([
    ...['-f', 'lavfi', '-i', 'testsrc=size=640x360:rate=12.5:duration=4', '-vf', 'noise=alls=20:allf=t', '-pix_fmt', 'yuv420p'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-x264-params', 'nal-hrd=cbr', ...rate, '-g', '12', '-bf', '0', path],
  ]);
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
}

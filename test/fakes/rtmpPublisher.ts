import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A drone: ffmpeg that sends its own test picture (nobody's camera) by RTMP. `complaints` is what it said when it was turned away. */
export type RtmpPublisher = { readonly ended: Promise<unknown>; complaints(): string; kill(signal?: 'SIGKILL' | 'SIGSTOP'): void };

export function startRtmpPublisher(url: string, { codec = 'libx264' }: { codec?: 'libx264' | 'flv1' } = {}): RtmpPublisher {
  const encoder = codec === 'libx264' ? ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '0'] : ['-c:v', 'flv1'];
  const child = spawn(
    'ffmpeg',
    [
      ...['-loglevel', 'error', '-nostdin', '-re', '-f', 'lavfi', '-i', 'testsrc=size=320x180:rate=12.5', '-pix_fmt', 'yuv420p'],
      ...encoder,
      ...['-g', '12', '-f', 'flv', url],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  return { ended: once(child, 'close'), complaints: () => text, kill: (signal = 'SIGKILL') => void child.kill(signal) };
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

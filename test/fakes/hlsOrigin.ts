import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

/** A running HLS server of somebody else. `freeze` stops its encoder until `thaw`; what is there stays. */
export type HlsOriginServer = { readonly url: string; freeze(): void; thaw(): void; close(): Promise<void> };

/** ffmpeg packages its own test picture (nobody's camera) into memory, a plain web server serves it. */
export async function startHlsOrigin({ segments = 'mpegts' }: { segments?: 'mpegts' | 'fmp4' } = {}): Promise<HlsOriginServer> {
  const folder = mkdtempSync('/dev/shm/hls-origin-');
  const encoder = spawn(
    'ffmpeg',
    [
      ...['-loglevel', 'error', '-nostdin', '-re', '-f', 'lavfi', '-i', 'testsrc=size=320x180:rate=12.5', '-pix_fmt', 'yuv420p'],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '12', '-bf', '0', '-f', 'hls', '-hls_time', '1', '-hls_list_size', '5'],
      ...['-hls_segment_type', segments, '-hls_flags', 'delete_segments+program_date_time', path.join(folder, 'index.m3u8')],
    ],
    { stdio: ['ignore', 'ignore', 'inherit'], cwd: folder },
  );
  const ended = once(encoder, 'close');
  const server = createServer((request, response) => {
    const name = path.basename((request.url ?? '').split('?')[0] ?? '');
    try {
      response.end(readFileSync(path.join(folder, name)));
    } catch {
      response.writeHead(404).end();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/index.m3u8`,
    freeze: () => void encoder.kill('SIGSTOP'),
    thaw: () => void encoder.kill('SIGCONT'),
    async close() {
      encoder.kill('SIGKILL');
      await ended;
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

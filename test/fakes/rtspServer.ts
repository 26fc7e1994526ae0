import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A running RTSP server that is not ours. `kill` is as sudden as a power cut. */
export type RtspServer = { readonly url: string; readonly port: number; kill(): Promise<void> };

/** Starts GStreamer's RTSP server (Debian's own python3 has the bindings); the first start scans plugins for some seconds. */
export async function startRtspServer(options: { port?: number; codec?: 'h264' | 'h265'; gopFrames?: number } = {}): Promise<RtspServer> {
  const { port = 0, codec = 'h264', gopFrames = 12 } = options;
  const script = new URL('rtspServer.py', import.meta.url).pathname;
  const child = spawn('/usr/bin/python3', [script, String(port), codec, String(gopFrames)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  for await (const line of createInterface({ input: child.stdout })) {
    const bound = /^READY (\d+)$/.exec(line)?.[1];
    if (bound === undefined) continue;
    return {
      url: `rtsp://127.0.0.1:${bound}/stream`,
      port: Number(bound),
      async kill() {
        child.kill('SIGKILL');
        await ended;
      },
    };
  }
  throw new Error(`the RTSP server did not start: ${String(await ended)}`);
}

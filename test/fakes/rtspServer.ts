import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A running RTSP server that is not ours. `kill` is as sudden as a power cut. */
export type RtspServer = {
  readonly url: string;
  readonly port: number;
  kill(): Promise<void>;
  /** Stops it where it stands, sockets open, until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** Changes the size of what plays, in the middle of it. */
  resize(width: number, height: number): void;
};

/** What kind of camera it plays. `transport` is what it offers; `account` what it wants to be shown. */
export type RtspServerOptions = {
  port?: number;
  codec?: 'h264' | 'h265';
  gopFrames?: number;
  /** H.264 only. `bFrames` = pictures that wait for later ones. */
  profile?: 'baseline' | 'main' | 'high';
  bFrames?: number;
  /** Sound beside the picture, G.711 A-law. */
  sound?: 'none' | 'pcma';
  size?: readonly [width: number, height: number];
  transport?: 'any' | 'tcp' | 'udp';
  /** `boot` = its reports count from 1900, as cameras without a battery do after a power cut. */
  clock?: 'right' | 'boot';
  account?: { user: string; password: string; scheme: 'digest' | 'basic' } | null;
};

/** Starts GStreamer's RTSP server (Debian's own python3 has the bindings); the first start scans plugins for some seconds. */
export async function startRtspServer(options: RtspServerOptions = {}): Promise<RtspServer> {
  const usual = { port: 0, codec: 'h264', gopFrames: 12, size: [320, 240], transport: 'any', account: null, clock: 'right' };
  const asked = { ...usual, profile: null, bFrames: 0, sound: 'none', ...options };
  const script = new URL('rtspServer.py', import.meta.url).pathname;
  const child = spawn('/usr/bin/python3', [script, JSON.stringify(asked)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  for await (const line of createInterface({ input: child.stdout })) {
    const bound = /^READY (\d+)$/.exec(line)?.[1];
    if (bound === undefined) continue;
    return {
      url: `rtsp://127.0.0.1:${bound}/stream`,
      port: Number(bound),
      freeze: () => void child.kill('SIGSTOP'),
      thaw: () => void child.kill('SIGCONT'),
      resize: (width, height) => void child.stdin.write(`${width} ${height}\n`),
      async kill() {
        child.kill('SIGKILL');
        await ended;
      },
    };
  }
  throw new Error(`the RTSP server did not start: ${String(await ended)}`);
}

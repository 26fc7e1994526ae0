import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import path from 'node:path';
import { WebSocketServer } from 'ws';
import { routes } from '#contract/bus/index.ts';
import type { StreamQuality } from '#contract/cameras/index.ts';
import { grantLifetimeMs } from '#contract/cameras/index.ts';
import { type CameraId, granted, refused, type WindowId } from '#contract/values/index.ts';
import { createCameraGateway, type GatewayLimits } from '#platform/cameras/gateway/index.ts';
import type { CameraGateway, CameraSource, OpenedGrant } from '#platform/cameras/ports.ts';
import { nodeClock, nodeTimers } from '#platform/nodePorts.ts';
import type { FakeMedia } from './fakeMain.ts';

/** The real camera gateway with made-up cameras and grants that a test gives out itself. */
export type GatewayForTests = {
  readonly media: FakeMedia;
  readonly gateway: CameraGateway;
  /** Cameras that are refused from now on with this code; null = none. */
  refuseAll(code: string | null): void;
  /** Push sockets that are open now. */
  openSockets(): number;
  /** All that was handed to push sockets so far, also to those that are closed: what still waits in a socket of this process counts too. */
  bytesSent(): number;
  close(): Promise<void>;
};

/** Draws a short loop with ffmpeg: a moving test card with the given tint, key frames every second. Returns its path. */
export async function drawLoop({
  folder,
  name,
  hueDeg,
  size = '640x360',
  fps = 15,
  bitrateKbps,
}: {
  folder: string;
  name: string;
  hueDeg: number;
  size?: string;
  fps?: number;
  /** Absent: as much as its noise needs. */
  bitrateKbps?: number;
}): Promise<string> {
  const file = path.join(folder, `${name}.mp4`);
  const picture = `testsrc2=size=${size}:rate=${fps}:duration=6,hue=h=${hueDeg}:s=0.5,noise=alls=12:allf=t`;
  const encoder = ['-c:v', 'libx264', '-preset', 'ultrafast', '-profile:v', 'baseline', '-g', String(fps), '-pix_fmt', 'yuv420p'];
  const rate = bitrateKbps === undefined ? [] : ['-b:v', `${bitrateKbps}k`, '-maxrate', `${bitrateKbps}k`, '-bufsize', `${bitrateKbps}k`];
  const ffmpeg = spawn('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', picture, ...encoder, ...rate, file], { stdio: 'inherit' });
  const [code] = (await once(ffmpeg, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}`);
  return file;
}

/** What a camera plays: one loop for both renditions, or one for each. */
export type Loops = string | { readonly [Quality in StreamQuality]: string };

/**
 * Serves `loops` (camera id -> MP4) as push and HLS on a free port of `host`; `sources` are others, `networks` addresses where WebRTC
 * cameras may be besides loopback.
 */
export async function startGateway({
  loops,
  sources = new Map(),
  networks = [],
  limits = {},
  port = 0,
  host = '127.0.0.1',
}: {
  loops: ReadonlyMap<string, Loops>;
  sources?: ReadonlyMap<string, CameraSource>;
  networks?: readonly string[];
  limits?: Partial<GatewayLimits>;
  /** 0 = a free one. */
  port?: number;
  /** Address of this machine by which windows are told to come; it listens on all of them, unless it is loopback. */
  host?: string;
}): Promise<GatewayForTests> {
  const grants = new Map<string, OpenedGrant>();
  let refusal: string | null = null;
  const silent = () => {};
  const sourceOf = (cameraId: string, quality: StreamQuality): CameraSource | null => {
    const loop = loops.get(cameraId);
    if (loop === undefined) return sources.get(cameraId) ?? null;
    return { kind: 'demo', loop: typeof loop === 'string' ? loop : loop[quality] };
  };
  const gateway = createCameraGateway({
    sources: { sourceOf },
    networks: { cidrs: networks, loopback: 'allowed' },
    grants: {
      redeem: (token) => grants.get(token) ?? null,
      isStillAllowed: () => true,
      viewOpened: async () => true,
      viewClosed: silent,
      onRightsChanged: () => silent,
    },
    clock: nodeClock,
    timers: nodeTimers,
    randomness: Math.random,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    ffmpeg: 'ffmpeg',
    onSourceChange: silent,
    limits,
  });
  const http = createServer((request, response) => {
    void gateway.handleHttp(request, response).then((isServed) => {
      if (!isServed) response.writeHead(404).end();
    });
  });
  const sockets = new WebSocketServer({ server: http, path: routes.mediaPush });
  const connections = new Set<Socket>();
  sockets.on('connection', (socket, request) => {
    connections.add(request.socket);
    gateway.handlePushSocket(socket);
  });
  await new Promise<void>((resolve) => http.listen(port, host === '127.0.0.1' ? host : '0.0.0.0', resolve));
  const at = `${host}:${(http.address() as AddressInfo).port}`;
  const openView = ({ cameraId, quality, windowId }: { cameraId: string; quality: StreamQuality; windowId: WindowId }) => {
    if (refusal !== null) return refused(refusal);
    const source = sourceOf(cameraId, quality);
    if (source === null) return refused('cameras.notConnected');
    const id = cameraId as CameraId;
    const token = randomBytes(24).toString('hex');
    grants.set(token, { cameraId: id, quality, windowId, grantId: token });
    return granted({
      cameraId: id,
      quality,
      token,
      expiresAtMs: Date.now() + grantLifetimeMs,
      pushUrl: `ws://${at}${routes.mediaPush}`,
      hlsUrl: `http://${at}${routes.mediaHls}/${cameraId}/${quality}/index.m3u8`,
      ...(source.kind === 'whep' ? { whepUrl: `http://${at}${routes.mediaWhep}/${cameraId}/${quality}` } : {}),
    });
  };
  return {
    media: { openView, connectSrc: [`http://${at}`, `ws://${at}`] },
    gateway,
    refuseAll: (code) => {
      refusal = code;
    },
    openSockets: () => sockets.clients.size,
    bytesSent: () => [...connections].reduce((sum, { bytesWritten }) => sum + bytesWritten, 0),
    close: async () => {
      await gateway.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

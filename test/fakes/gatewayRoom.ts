import { once } from 'node:events';
import { createServer } from 'node:http';
import { Hono } from 'hono';
import { pino } from 'pino';
import { WebSocketServer } from 'ws';
import type { CameraClockChange, StreamQuality } from '#contract/cameras/index.ts';
import type { CameraId } from '#contract/values/index.ts';
import { createCameraGateway, type GatewayLimits, type TranscodeLimits } from '#platform/cameras/gateway/index.ts';
import type { KeptCertificate } from '#platform/certificates/index.ts';
import { createHttpServer } from '#platform/http/index.ts';
import { nodeClock, nodeTimers } from '#platform/nodePorts.ts';
import type { CameraGateway, CameraSource, SourceChange } from '#platform/cameras/ports.ts';
import { createFakeMediaGrants, type FakeMediaGrants } from './mediaGrants.ts';

/** A real gateway with real ffmpeg behind a real HTTP server on loopback, fed with whatever sources a test names. */
export type GatewayRoom = {
  readonly gateway: CameraGateway;
  readonly grants: FakeMediaGrants;
  readonly changes: SourceChange[];
  readonly clocks: CameraClockChange[];
  readonly httpUrl: string;
  readonly pushUrl: string;
  readonly logLines: string[];
  close(): Promise<void>;
};

export type GatewayRoomOptions = {
  sources: (cameraId: CameraId, quality: StreamQuality) => CameraSource | null;
  limits?: Partial<GatewayLimits>;
  /** Absent: as usual on this machine. */
  transcoding?: TranscodeLimits;
  /** Stream keys that may send by RTMP, and where they come in. */
  rtmp?: { port: number; streamKeys: readonly string[] };
  /** Behind the platform's own encrypted server, without the push socket of tests. */
  certificate?: KeptCertificate;
};

export async function openGatewayRoom({ sources, limits = {}, rtmp, transcoding, certificate }: GatewayRoomOptions): Promise<GatewayRoom> {
  const grants = createFakeMediaGrants();
  const changes: SourceChange[] = [];
  const clocks: CameraClockChange[] = [];
  const logLines: string[] = [];
  const gateway = createCameraGateway({
    sources: { sourceOf: sources, streamKeys: () => new Set(rtmp?.streamKeys) },
    ...(rtmp === undefined ? {} : { rtmpAt: { host: '127.0.0.1', port: rtmp.port } }),
    ...(transcoding === undefined ? {} : { transcoding }),
    grants,
    clock: { nowMs: () => Date.now() },
    timers: {
      afterMs(delayMs, run) {
        const timer = setTimeout(run, delayMs);
        return () => clearTimeout(timer);
      },
    },
    randomness: () => 0.5,
    log: pino({ level: 'debug' }, { write: (line) => void logLines.push(line) }),
    ffmpeg: 'ffmpeg',
    onSourceChange: (change) => void changes.push(change),
    onClockChange: (change) => void clocks.push(change),
    networks: { cidrs: [], loopback: 'allowed' },
    limits,
  });
  const parts = { gateway, grants, changes, clocks, logLines };
  if (certificate !== undefined) return { ...parts, ...(await serveEncrypted({ gateway, certificate })) };
  const server = createServer((request, response) => {
    void gateway.handleHttp(request, response).then((isServed) => {
      if (!isServed) response.writeHead(404).end('not the gateway');
    });
  });
  const sockets = new WebSocketServer({ server, path: '/media/push', perMessageDeflate: false, maxPayload: 64 * 1024 });
  sockets.on('connection', (socket) => gateway.handlePushSocket(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  return {
    ...parts,
    httpUrl: `http://127.0.0.1:${port}`,
    pushUrl: `ws://127.0.0.1:${port}/media/push`,
    async close() {
      await gateway.close();
      server.closeAllConnections();
      sockets.close();
      server.close();
    },
  };
}

/** The platform's own server around a gateway, with no pages. */
async function serveEncrypted({ gateway, certificate }: { gateway: CameraGateway; certificate: KeptCertificate }) {
  const log = pino({ level: 'silent' });
  const at = { host: '127.0.0.1', port: 0, certificate };
  const server = createHttpServer({ at, clock: nodeClock, timers: nodeTimers, log });
  await server.listen({ app: new Hono(), gateway, evidence: { handleHttp: async () => false } });
  const httpUrl = server.url();
  const close = async () => {
    await gateway.close();
    await server.close();
  };
  return { httpUrl, pushUrl: `${httpUrl.replace(/^http/, 'ws')}/media/push`, close };
}

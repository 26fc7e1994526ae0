import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Http2SecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { WebSocketServer } from 'ws';
import { mediaSurfaces } from '#contract/access/index.ts';
import { busLimits, busPath } from '#contract/bus/index.ts';
import type { Clock, Timers } from '#contract/values/index.ts';
import type { CameraGateway } from '../cameras/index.ts';
import type { KeptCertificate } from '../certificates/index.ts';
import type { Evidence } from '../evidence/index.ts';
import type { Log } from '../ports.ts';
import { watchFrames } from './frameWatch.ts';
import { isLoopback, isLoopbackHostHeader, isWindowOrigin } from './loopback.ts';
import { createEncryptedServer } from './secureServer.ts';
import { createUndrainedWatch } from './undrained.ts';

/** Where the platform listens; port 0 = any free one. */
export type ListenAt = {
  readonly host: string;
  readonly port: number;
  /** What desks call it, where that is not `host`: a name, or one of several addresses. */
  readonly publicHost?: string;
  /** Without it everything crosses the network as it is. */
  readonly certificate?: KeptCertificate;
};

/** The one HTTP server. It is made before it listens, because the bus and the grants need it and its address. */
export type HttpServer = {
  readonly server: Server | Http2SecureServer;
  /** Base URL; throws before `listen`. */
  url(): string;
  /** Starts answering. Rejects when the port is taken. */
  listen(parts: { app: Hono; gateway: CameraGateway; evidence: Pick<Evidence, 'handleHttp'> }): Promise<void>;
  close(): Promise<void>;
};

/** Whoever has not said within this what he wants is sent away (408). Looked at every second. Unit: ms. */
const slowness = { headersTimeout: 10_000, connectionsCheckingInterval: 1_000 } as const;

/** One server for pages (`/api`), pictures (`/media`) and, attached by its owner, the bus. */
export function createHttpServer({ at, clock, timers, log }: { at: ListenAt; clock: Clock; timers: Timers; log: Log }): HttpServer {
  const { server, endAll } = openServer({ at, timers });
  const pushSockets = new WebSocketServer({ noServer: true, maxPayload: busLimits.toPlatformBytes, perMessageDeflate: false });
  const isLocalOnly = isLoopback(at.host);
  const isRebound = (request: IncomingMessage) => isLocalOnly && !isLoopbackHostHeader(hostOf(request));
  const undrained = createUndrainedWatch({ timers, onCut: () => log.warn('a socket whose other side reads nothing was cut off') });

  return {
    server,
    url() {
      const { port } = server.address() as AddressInfo;
      const name = at.publicHost ?? at.host;
      return `${at.certificate === undefined ? 'http' : 'https'}://${name.includes(':') ? `[${name}]` : name}:${port}`;
    },
    async listen({ app, gateway, evidence }) {
      const answerPage = getRequestListener(app.fetch);
      // Over HTTP/2 both come from node:http2, which gives them the shape of node:http's.
      server.on('request', (request: IncomingMessage, response: ServerResponse) => {
        if (isBus(request)) return;
        if (at.certificate !== undefined) askForEncryption({ request, response });
        if (isRebound(request)) return end(response, 421);
        const isMedia = [mediaSurfaces.hls, mediaSurfaces.whep, mediaSurfaces.evidence].some(({ path }) =>
          (request.url ?? '').startsWith(`${path}/`),
        );
        if (!isMedia) return void answerPage(request, response);
        answerMedia({ request, response, gateway, evidence }).then(
          (isServed) => isServed || end(response, 404),
          (error: unknown) => {
            log.error({ err: error }, 'a media request failed');
            end(response, 500);
          },
        );
      });
      server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        undrained.watch(socket);
        if (isBus(request)) return;
        if (pathOf(request) !== mediaSurfaces.push.path || isRebound(request) || !isWindowOrigin(request.headers.origin)) {
          socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
          return;
        }
        pushSockets.handleUpgrade(request, socket, head, (pushSocket) => {
          watchFrames({ socket: pushSocket, clock, onFlood: () => log.warn('a flood of frames ended a picture socket') });
          gateway.handlePushSocket(pushSocket);
        });
      });
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(at.port, at.host, () => {
          server.off('error', reject);
          resolve();
        });
      });
    },
    async close() {
      undrained.close();
      for (const socket of pushSockets.clients) socket.terminate();
      endAll();
      // The bus closes the server it is attached to; closing twice is not an error worth telling.
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}

function openServer({ at, timers }: { at: ListenAt; timers: Timers }): { server: Server | Http2SecureServer; endAll(): void } {
  const { certificate } = at;
  if (certificate === undefined) {
    const server = createServer(slowness);
    return { server, endAll: () => server.closeAllConnections() };
  }
  const encrypted = createEncryptedServer({ certificate: certificate.current(), slowness, timers });
  // Connections that are open stay as they are; every new one is shown the new certificate.
  certificate.onRenewed(({ key, cert }) => encrypted.server.setSecureContext({ key, cert, minVersion: 'TLSv1.2' }));
  return encrypted;
}

/** HTTP/2 has it under another name. */
function hostOf(request: IncomingMessage): string | undefined {
  const authority = request.headers[':authority'];
  return typeof authority === 'string' ? authority : request.headers.host;
}

/**
 * Browsers never come without encryption again for half a year (RFC 6797). Not to a loopback name: that would shut every other program of
 * this machine out of its own browser.
 */
function askForEncryption({ request, response }: { request: IncomingMessage; response: ServerResponse }): void {
  if (!isLoopbackHostHeader(hostOf(request))) response.setHeader('Strict-Transport-Security', 'max-age=15552000');
}

/** Kept pictures first: what is no longer live is not the gateway's. */
async function answerMedia({
  request,
  response,
  gateway,
  evidence,
}: {
  request: IncomingMessage;
  response: ServerResponse;
  gateway: CameraGateway;
  evidence: Pick<Evidence, 'handleHttp'>;
}): Promise<boolean> {
  return (await evidence.handleHttp(request, response)) || (await gateway.handleHttp(request, response));
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?')[0] ?? '';
}

/** Socket.IO takes these itself; it answers on the same server. */
function isBus(request: IncomingMessage): boolean {
  return pathOf(request).startsWith(`${busPath}/`);
}

function end(response: ServerResponse, status: number): void {
  if (!response.headersSent) response.writeHead(status, { 'Cache-Control': 'no-store' });
  response.end();
}

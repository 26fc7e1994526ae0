import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { WebSocketServer } from 'ws';
import { mediaSurfaces } from '#contract/access/index.ts';
import { busLimits, busPath } from '#contract/bus/index.ts';
import type { Clock, Timers } from '#contract/values/index.ts';
import type { CameraGateway } from '../cameras/index.ts';
import type { Log } from '../ports.ts';
import { watchFrames } from './frameWatch.ts';
import { isLoopback, isLoopbackHostHeader, isWindowOrigin } from './loopback.ts';
import { createUndrainedWatch } from './undrained.ts';

/** Where the platform listens; port 0 = any free one. */
export type ListenAt = { readonly host: string; readonly port: number };

/** The one HTTP server. It is made before it listens, because the bus and the grants need it and its address. */
export type HttpServer = {
  readonly server: Server;
  /** Base URL; throws before `listen`. */
  url(): string;
  /** Starts answering. Rejects when the port is taken. */
  listen(parts: { app: Hono; gateway: CameraGateway }): Promise<void>;
  close(): Promise<void>;
};

/** Whoever has not said within this what he wants is sent away (408). Looked at every second. Unit: ms. */
const slowness = { headersTimeout: 10_000, connectionsCheckingInterval: 1_000 } as const;

/** One server for pages (`/api`), pictures (`/media`) and, attached by its owner, the bus. */
export function createHttpServer({ at, clock, timers, log }: { at: ListenAt; clock: Clock; timers: Timers; log: Log }): HttpServer {
  const server = createServer(slowness);
  const pushSockets = new WebSocketServer({ noServer: true, maxPayload: busLimits.toPlatformBytes, perMessageDeflate: false });
  const isLocalOnly = isLoopback(at.host);
  const isRebound = (request: IncomingMessage) => isLocalOnly && !isLoopbackHostHeader(request.headers.host);
  const undrained = createUndrainedWatch({ timers, onCut: () => log.warn('a socket whose other side reads nothing was cut off') });

  return {
    server,
    url() {
      const { port } = server.address() as AddressInfo;
      return `http://${at.host.includes(':') ? `[${at.host}]` : at.host}:${port}`;
    },
    async listen({ app, gateway }) {
      const answerPage = getRequestListener(app.fetch);
      server.on('request', (request, response) => {
        if (isBus(request)) return;
        if (isRebound(request)) return end(response, 421);
        const isMedia = [mediaSurfaces.hls, mediaSurfaces.whep].some(({ path }) => (request.url ?? '').startsWith(`${path}/`));
        if (!isMedia) return void answerPage(request, response);
        gateway.handleHttp(request, response).then(
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
      server.closeAllConnections();
      // The bus closes the server it is attached to; closing twice is not an error worth telling.
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
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

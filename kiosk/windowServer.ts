import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WindowIdentity } from '#contract/bridge/index.ts';
import type { WindowId } from '#contract/values/index.ts';
import { type DeskBasemap, packAlone, packShelfFolder } from '#main/map/index.ts';
import { connectSources, openStaticPages, type StaticAnswer, type StaticPages } from '#main/shell/index.ts';
import type { BridgeSockets } from './bridgeSockets.ts';
import type { KioskLog } from './log.ts';

/** Serves the windows and their bridge on 127.0.0.1, to nobody who came by another name. */
export type WindowServer = {
  /** e.g. `http://127.0.0.1:41234`; the only Origin that is let in. */
  readonly origin: string;
  /** Address of a window kind's page, without any secret in it. */
  pageUrl(kind: WindowIdentity['kind']): string;
  /** An empty page of its own for a window that is still being opened. */
  emptyPageUrl(windowId: WindowId): string;
  close(): Promise<void>;
};

export type WindowServerOptions = {
  /** The built windows: dist/renderer. */
  readonly pagesFolder: string;
  /** This workstation's data folder, where its county pack lies. */
  readonly dataFolder: string;
  readonly platformUrl: string;
  /** More media servers that windows may talk to, as base URLs. */
  readonly mediaUrls?: readonly string[];
  /** What lies under the map; absent = the county pack. */
  readonly basemap?: DeskBasemap;
  readonly sockets: BridgeSockets;
  readonly log: KioskLog;
};

const bridgePath = '/bridge';
const emptyPath = '/empty';

const emptyPage: StaticAnswer = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'content-security-policy': "default-src 'none'" },
  body: Buffer.from('<!doctype html><title>Commandwall</title>'),
};

/** Listens on a free port of the loopback interface. */
export async function openWindowServer({
  pagesFolder,
  dataFolder,
  platformUrl,
  mediaUrls = [],
  basemap = packAlone,
  sockets,
  log,
}: WindowServerOptions): Promise<WindowServer> {
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5000 });
  server.listen({ host: '127.0.0.1', port: 0, exclusive: true });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;
  const origin = `http://${host}`;
  const connect = [...connectSources(platformUrl), `ws://${host}`, ...mediaUrls.flatMap((url) => connectSources(url))];
  const pages = openStaticPages({ folder: pagesFolder, packShelf: packShelfFolder(dataFolder), connect, basemap });

  server.on('request', (request, response) => {
    if (!isFromHere({ request, host, origin })) return refuse(response, { status: 403 });
    if (request.method !== 'GET') return refuse(response, { status: 405 });
    void answer({ pages, request, response }).catch((error: unknown) => {
      log.error({ error: String(error) }, 'a window file could not be served');
      response.destroy();
    });
  });
  server.on('upgrade', (request, socket, head) => {
    const isPage = request.headers.host === host && request.headers.origin === origin && request.url === bridgePath;
    if (isPage) return sockets.accept(request, { socket, head });
    log.warn({ url: request.url?.slice(0, 100), origin: request.headers.origin?.slice(0, 100) }, 'a foreign upgrade was refused');
    socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  return {
    origin,
    emptyPageUrl: (windowId) => `${origin}${emptyPath}?window=${windowId}`,
    pageUrl: (kind) => `${origin}/${kind}.html`,
    close: async () => {
      sockets.close();
      server.closeAllConnections();
      server.close();
      if (server.listening) await once(server, 'close');
    },
  };
}

/** A name that was bound to 127.0.0.1 (DNS rebinding) shows in Host; a page of somebody else shows in Origin or Sec-Fetch-Site. */
function isFromHere({ request, host, origin }: { request: IncomingMessage; host: string; origin: string }): boolean {
  const { headers } = request;
  const site = headers['sec-fetch-site'];
  return (
    headers.host === host &&
    (headers.origin === undefined || headers.origin === origin) &&
    (site === undefined || site === 'same-origin' || site === 'none')
  );
}

async function answer({
  pages,
  request,
  response,
}: {
  pages: StaticPages;
  request: IncomingMessage;
  response: ServerResponse;
}): Promise<void> {
  const [pathname = '/'] = (request.url ?? '/').split('?');
  const { status, headers, body } = pathname === emptyPath ? emptyPage : await pages.answer(pathname, { range: request.headers.range });
  response.writeHead(status, { ...headers, 'content-length': body.length });
  response.end(body);
}

function refuse(response: ServerResponse, { status }: { status: 403 | 405 }): void {
  response.writeHead(status, { 'content-type': 'text/plain', 'cache-control': 'no-store', connection: 'close' });
  response.end();
}

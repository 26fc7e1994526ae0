/** The real camera gateway in a process of its own, with the pages of the plain ways beside it. Prints its address; ends with its input. */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { WebSocketServer } from 'ws';
import { routes } from '#contract/bus/index.ts';
import { createCameraGateway } from '#platform/cameras/gateway/index.ts';
import { nodeClock, nodeTimers } from '#platform/nodePorts.ts';
import { multivariantPlaylist } from '../baseline/multivariantPlaylist.ts';
import { loopFile } from './loops.ts';
import { cameraNumber, grantOf } from './tokens.ts';

const silent = () => {};
const forEver = 24 * 3600 * 1000;
/** How many sources have pictures of their own; further ones show them again. */
const loops = Number(process.argv[2]);

const gateway = createCameraGateway({
  sources: {
    sourceOf: (cameraId, quality) => ({ kind: 'demo', loop: loopFile({ camera: ((cameraNumber(cameraId) - 1) % loops) + 1, quality }) }),
  },
  grants: {
    redeem: grantOf,
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
  // What was opened once stays open: every repetition of every side finds the same warm sources.
  limits: { idleStopMs: forEver, hlsViewerMs: forEver },
});

const folder = path.resolve(import.meta.dirname, '../baseline');
const hlsJs = path.resolve(import.meta.dirname, '../../../node_modules/hls.js/dist/hls.min.js');
const pages: Readonly<Record<string, { readonly file: string; readonly type: string }>> = {
  '/wallHls.html': { file: path.join(folder, 'wallHls.html'), type: 'text/html' },
  '/wallHls.js': { file: path.join(folder, 'wallHls.js'), type: 'text/javascript' },
  '/hls.min.js': { file: hlsJs, type: 'text/javascript' },
};

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const target = request.url ?? '/';
  const page = pages[target.split('?')[0] ?? ''];
  if (page !== undefined) return void response.writeHead(200, { 'content-type': page.type }).end(await readFile(page.file));
  if (target === '/blank') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>blank</title>');
  const multivariant = multivariantPlaylist(target);
  if (multivariant !== null) {
    return void response.writeHead(200, { 'content-type': 'application/vnd.apple.mpegurl' }).end(multivariant);
  }
  if (!(await gateway.handleHttp(request, response))) response.writeHead(404).end();
}

const server = createServer((request, response) => void answer(request, response));
const sockets = new WebSocketServer({ server, path: routes.mediaPush, perMessageDeflate: false });
sockets.on('connection', (socket) => gateway.handlePushSocket(socket));

// It ends with whoever started it.
process.stdin.resume().on('end', () => void gateway.close().then(() => process.exit(0)));

server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })}\n`);
});

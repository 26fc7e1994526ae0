/**
 * LL-HLS of these cameras, made of the very fragments that the gateway pushes: `wallLlServer.ts PUSH_URL CAMERA_COUNT`. Prints its address
 * when a player can start. HTTP/1.1 without TLS, each camera under a host name of its own (c1.localhost ...): a browser opens six
 * connections per host, which blocking reloads would use up, and this costs it less than the HTTP/2 over TLS that the draft asks for.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket } from 'ws';
import { decodePiece, type PushPiece, type PushRequest } from '#contract/cameras/index.ts';
import { WindowId } from '#contract/values/index.ts';
import { tokenFor } from '../wall/tokens.ts';
import { createLlStream } from './llOrigin.ts';

const [pushUrl = '', count = '1'] = process.argv.slice(2);
const windowId = WindowId.parse('w-ll-origin');
const streams = new Map(Array.from({ length: Number(count) }, (_, index) => [index + 1, createLlStream()]));
const open = new Map<number, PushPiece[]>();
const enoughSegments = 4;

const socket = new WebSocket(pushUrl, { perMessageDeflate: false });
const tell = (request: PushRequest) => socket.send(JSON.stringify(request));
socket.on('open', () => {
  tell({ type: 'hello', windowId });
  for (const camera of streams.keys()) {
    // Each fragment as it comes: two of them are a part.
    tell({ type: 'open', channel: camera, token: tokenFor({ camera, quality: 'sub', windowId }), priority: 'focused' });
  }
});
socket.on('message', (raw: Buffer, isBinary: boolean) => {
  const piece = isBinary ? decodePiece(raw) : null;
  if (piece !== null) take(piece);
});

function take(piece: PushPiece): void {
  const { channel, isLast, isInit, isKey, durationS, mediaTime, arrivedAtMs } = piece;
  const pieces = [...(open.get(channel) ?? []), piece];
  open.set(channel, isLast ? [] : pieces);
  if (!isLast) return;
  const bytes = Buffer.concat(pieces.map(({ payload }) => payload));
  if (isInit) return streams.get(channel)?.addInit(bytes);
  streams.get(channel)?.addFragment({ bytes, durationS, isKey, endsAtMs: arrivedAtMs });
  tell({ type: 'ack', channel, mediaTime, bytes: bytes.length });
  tellReady();
}

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://origin');
  const [, camera = '', file = ''] = pathname.split('/');
  const answer = streams.get(Number(camera))?.answer(file, searchParams) ?? Promise.resolve(null);
  void answer.then((body) => {
    if (body === null) return response.writeHead(404, { 'access-control-allow-origin': '*' }).end();
    const type = typeof body === 'string' ? 'application/vnd.apple.mpegurl' : 'video/mp4';
    response.writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*', 'content-length': Buffer.byteLength(body) });
    return response.end(body);
  });
});
server.listen(0, '127.0.0.1');

let isReady = false;
function tellReady(): void {
  if (isReady || !server.listening || [...streams.values()].some((stream) => stream.segments() < enoughSegments)) return;
  isReady = true;
  process.stdout.write(`${JSON.stringify({ port: (server.address() as AddressInfo).port })}\n`);
}

// It ends with whoever started it.
process.stdin.resume().on('end', () => process.exit(0));

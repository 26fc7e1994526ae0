/**
 * `viewersProcess.ts PUSH_URL SOURCES VIEWERS`: that many push sockets, each with every source, acknowledged as a window does. Prints once that
 * all of them have pictures, then twice a second how many seconds of pictures came so far.
 */
import { WebSocket } from 'ws';
import { decodePiece, type PushRequest } from '#contract/cameras/index.ts';
import { WindowId } from '#contract/values/index.ts';
import { tokenFor } from './tokens.ts';

const [pushUrl = '', sources = '1', viewers = '1'] = process.argv.slice(2);
const started = new Set<string>();
const wanted = Number(sources) * Number(viewers);
let seconds = 0;

for (let viewer = 1; viewer <= Number(viewers); viewer += 1) look(viewer);
const telling = setInterval(() => {
  if (started.size === wanted) process.stdout.write(`${seconds}\n`);
}, 500);
process.stdin.resume().on('end', () => {
  clearInterval(telling);
  process.exit(0);
});

function look(viewer: number): void {
  const windowId = WindowId.parse(`w-${viewer}`);
  const socket = new WebSocket(pushUrl, { perMessageDeflate: false });
  const tell = (request: PushRequest) => socket.send(JSON.stringify(request));
  const fragmentBytes = new Map<number, number>();
  socket.on('open', () => {
    tell({ type: 'hello', windowId });
    for (let camera = 1; camera <= Number(sources); camera += 1) {
      tell({ type: 'open', channel: camera, token: tokenFor({ camera, quality: 'sub', windowId }) });
    }
  });
  socket.on('message', (raw: Buffer, isBinary: boolean) => {
    const piece = isBinary ? decodePiece(raw) : null;
    if (piece === null || piece.isInit) return;
    const { channel, mediaTime, durationS, isLast } = piece;
    const bytes = (fragmentBytes.get(channel) ?? 0) + piece.payload.length;
    fragmentBytes.set(channel, isLast ? 0 : bytes);
    if (!isLast) return;
    seconds += durationS;
    tell({ type: 'ack', channel, mediaTime, bytes });
    started.add(`${viewer} ${channel}`);
    if (started.size === wanted && !isTold) tellReady();
  });
}

let isTold = false;
function tellReady(): void {
  isTold = true;
  process.stdout.write(`${JSON.stringify({ ready: 'viewers' })}\n`);
}

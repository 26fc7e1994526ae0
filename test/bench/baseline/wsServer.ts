/** A bare ws server as its documentation suggests (broadcast over `clients`): nothing is kept anywhere. */
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { type PumpedCommand, plainFact } from './plainFact.ts';

const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
const desks = new Set<WebSocket>();
let seq = 0;

function broadcast(message: object): void {
  const text = JSON.stringify(message);
  for (const desk of desks) if (desk.readyState === desk.OPEN) desk.send(text);
}

server.on('connection', (socket, request) => {
  if (request.url === '/desk') desks.add(socket);
  socket.on('close', () => desks.delete(socket));
  socket.on('message', (bytes: Buffer) => {
    const message = JSON.parse(bytes.toString('utf8')) as PumpedCommand & { finish?: true };
    if (message.finish === true) return broadcast({ finished: true });
    seq += 1;
    broadcast(plainFact(message, seq));
    socket.send(JSON.stringify({ ok: true, commandId: message.commandId }));
  });
});

// It ends with whoever started it.
process.stdin.resume().on('end', () => process.exit(0));

server.on('listening', () => {
  process.stdout.write(`${JSON.stringify({ url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}` })}\n`);
});

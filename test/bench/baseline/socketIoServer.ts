/**
 * A bare Socket.IO server as its documentation suggests (rooms, events, acknowledgements): nothing is kept anywhere. With the word `volatile`
 * its events are volatile: an event for a client whose socket is just then busy is dropped.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { type PumpedCommand, plainFact } from './plainFact.ts';

const httpServer = createServer();
const io = new Server(httpServer, { transports: ['websocket'] });
const isVolatile = process.argv.includes('volatile');
let seq = 0;

io.on('connection', (socket) => {
  if (socket.handshake.auth['role'] === 'desk') void socket.join('desks');
  socket.on('command', (message: PumpedCommand, acknowledge: (reply: object) => void) => {
    seq += 1;
    const desks = isVolatile ? io.volatile.to('desks') : io.to('desks');
    desks.emit('facts', plainFact(message, seq));
    acknowledge({ ok: true, commandId: message.commandId });
  });
  // Not volatile, and behind everything on each socket: what has not come until then was dropped.
  socket.on('finish', () => io.to('desks').emit('finished'));
});

// It ends with whoever started it.
process.stdin.resume().on('end', () => process.exit(0));

httpServer.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}` })}\n`);
});

import type { Server as HttpServer } from 'node:http';
import type { Http2SecureServer } from 'node:http2';
import { Server, type Socket } from 'socket.io';
import type { WebSocket } from 'ws';
import { signedHeadsLimits } from '#contract/audit/index.ts';
import { busLimits, busPath, type FactsMessage, Handshake, type HandshakeRefusalCode, protocolVersion } from '#contract/bus/index.ts';
import type { FeedFact } from '#contract/record/index.ts';
import type { DeskId, Timers } from '#contract/values/index.ts';
import { isLoopbackHostHeader, watchFrames } from '../http/index.ts';
import type { Log } from '../ports.ts';
import type { RecordView } from '../record/index.ts';
import { type Connection, serveConnection } from './connection.ts';
import type { DeskPorts } from './desk.ts';

/** Whoever has opened a socket says within this who he is. Unit: ms. */
const handshakeWithinMs = 10_000;
/** How long a connection that is over may stay half open. Unit: ms. */
const goneWithinMs = 2_000;

/** The bus: who is connected, and its end. */
export type Bus = {
  connections(): number;
  /** There is another revision of the directory: desks hear of it that may see something of what changed, or may read other feeds now. */
  directoryChanged(): void;
  close(): Promise<void>;
};

/**
 * Opens the Socket.IO bus on an HTTP server. WebSocket only, no state recovery (the promise is kept by positions), no client script,
 * and no browsers: a page of another origin sends an Origin header, a desk's main sends none.
 */
export function openBus({
  server,
  isLocalOnly,
  ports,
  view,
  timers,
  log,
}: {
  server: HttpServer | Http2SecureServer;
  /** Then a desk that calls this machine by another name was led here. */
  isLocalOnly: boolean;
  ports: DeskPorts;
  view: RecordView;
  timers: Timers;
  log: Log;
}): Bus {
  const sockets = new Server(server, {
    path: busPath,
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: busLimits.toPlatformBytes,
    perMessageDeflate: false,
    destroyUpgrade: false,
    connectTimeout: handshakeWithinMs,
    allowRequest: ({ headers }, decide) =>
      decide(null, headers.origin === undefined && (!isLocalOnly || isLoopbackHostHeader(headers.host))),
  });
  sockets.engine.on('connection', (raw: { transport: unknown; once(event: 'close', listener: () => void): void }) => {
    // Below Socket.IO, where also those are heard who never say who they are. The only transport is a WebSocket.
    const { socket } = raw.transport as { socket: WebSocket };
    watchFrames({ socket, clock: ports.clock, onFlood: () => log.warn('a flood of frames ended a connection') });
    // Somebody who is sent away may read why, but need not agree.
    raw.once('close', () => timers.afterMs(goneWithinMs, () => socket.terminate()));
  });
  const connections = new Set<Connection>();

  sockets.use((socket, next) => {
    const turnedAway = handshakeRefusal(socket, ports);
    if (turnedAway === null) return next();
    log.warn({ code: turnedAway, address: socket.handshake.address }, 'a handshake was turned away');
    next(new Error(turnedAway));
  });

  sockets.on('connection', (socket) => {
    const deskId = (socket.handshake.auth as Handshake).deskId as DeskId;
    const deskLog = log.child({ deskId });
    const connection = serveConnection({ socket, deskId, ports, view, log: deskLog });
    connections.add(connection);
    deskLog.info({ connections: connections.size }, 'a desk is connected');
    socket.on('disconnect', (reason) => {
      connections.delete(connection);
      deskLog.info({ reason, connections: connections.size }, 'a desk is gone');
    });
  });

  const forgetFacts = ports.writer.onRecorded((facts) => {
    for (const { messages, socketIds } of shared(connections, facts)) {
      for (const message of messages) sockets.to(socketIds).emit('facts', message);
    }
  });
  const forgetSessions = ports.access.onSessionsEnded((ended) => {
    for (const connection of connections) connection.sessionsEnded(ended);
  });

  let cancelHeads = () => {};
  function tellHeads(): void {
    for (const connection of connections) connection.tellHeads();
    cancelHeads = timers.afterMs(busLimits.headsEveryMs, tellHeads);
  }
  tellHeads();

  let cancelSigned = () => {};
  async function tellSigned(): Promise<void> {
    cancelSigned = timers.afterMs(signedHeadsLimits.everyMs, () => void tellSigned());
    const sign = await ports.signHeads();
    if (sign !== null) for (const connection of connections) connection.tellSigned(sign);
  }
  cancelSigned = timers.afterMs(signedHeadsLimits.everyMs, () => void tellSigned());

  return {
    connections: () => connections.size,
    directoryChanged() {
      for (const connection of connections) connection.directoryChanged();
    },
    async close() {
      cancelHeads();
      cancelSigned();
      forgetFacts();
      forgetSessions();
      sockets.disconnectSockets(true);
      await sockets.close();
    },
  };
}

type Shared = { readonly messages: readonly FactsMessage[]; readonly socketIds: string[] };

/**
 * What each desk gets of the recorded facts. Most desks read the same feeds and get the same words, which are then written as JSON and as
 * a frame once for all of them.
 */
function shared(connections: Iterable<Connection>, facts: readonly FeedFact[]): readonly Shared[] {
  const byContent = new Map<string, Shared>();
  for (const connection of connections) {
    const messages = connection.take(facts);
    if (messages.length === 0) continue;
    const content = messages.map((message) => message.facts.map(({ feed, seq }) => `${feed} ${seq}`).join(' ')).join('\n');
    const known = byContent.get(content);
    if (known === undefined) byContent.set(content, { messages, socketIds: [connection.socketId] });
    else known.socketIds.push(connection.socketId);
  }
  return [...byContent.values()];
}

function handshakeRefusal(socket: Socket, { access }: DeskPorts): HandshakeRefusalCode | null {
  const handshake = Handshake.safeParse(socket.handshake.auth);
  if (!handshake.success) return 'bus.badHandshake';
  if (handshake.data.protocolVersion !== protocolVersion) return 'bus.protocolVersion';
  return access.device(handshake.data) === null ? 'access.unknownDevice' : null;
}

import type { WebSocket } from 'ws';
import type { PushRequest } from '#contract/cameras/index.ts';
import type { Timers, WindowId } from '#contract/values/index.ts';
import type { MediaGrants } from '#platform/cameras/ports.ts';
import { createDeadline } from '../deadline.ts';
import type { GatewayLog } from '../gatewayLog.ts';
import type { GatewayLimits } from '../limits.ts';
import type { SourcePool } from '../source/sourcePool.ts';
import { createPushChannels } from './pushChannels.ts';
import { readRequest } from './readRequest.ts';
import { createSocketGuard } from './socketGuard.ts';

/** One window's socket while it is served. */
export type PushSocket = {
  /** Closes every channel whose right is gone. */
  recheck(): void;
  /** Ends the socket because the gateway closes. */
  close(): void;
};

export type PushSocketOptions = {
  socket: WebSocket;
  grants: MediaGrants;
  pool: SourcePool;
  timers: Timers;
  limits: GatewayLimits;
  log: GatewayLog;
  onClosed: () => void;
};

// RFC 6455, 7.4.1.
const closeCodes = { policy: 1008, goingAway: 1001 } as const;
// 1000 and 1001: the window said that it goes. 1005 and 1006: it vanished.
const saidGoodbye: ReadonlySet<number> = new Set([1000, 1001]);
// Who does not answer the closing handshake is cut off.
const farewellMs = 1_000;

export function servePushSocket({ socket, grants, pool, timers, limits, log, onClosed }: PushSocketOptions): PushSocket {
  const farewell = createDeadline(timers);
  let windowId: WindowId | null = null;

  const channels = createPushChannels({
    ...{ grants, pool, limits, timers },
    tell: (notice) => socket.readyState === socket.OPEN && socket.send(JSON.stringify(notice)),
    send: (bytes, onTaken) => socket.send(bytes, { binary: true }, onTaken),
  });
  const end = ({ code, why }: { code: number; why: string }) => {
    guard.close();
    channels.closeAll('closed');
    socket.close(code, why);
    farewell.set(farewellMs, () => socket.terminate());
  };
  const putOut = (why: string) => {
    log.warn({ windowId, why }, 'push socket closed');
    end({ code: closeCodes.policy, why });
  };
  const guard = createSocketGuard({ timers, limits, onOut: putOut, ping: () => socket.ping() });

  const greet = (greeted: WindowId) => {
    if (windowId !== null) return guard.strike();
    windowId = greeted;
    guard.helloCame();
  };
  const answer = (request: PushRequest) => {
    if (request.type === 'hello') return greet(request.windowId);
    if (windowId === null) return putOut('no hello');
    switch (request.type) {
      case 'open':
        return channels.open({ ...request, windowId }) === 'usedBefore' ? guard.strike() : undefined;
      case 'ack':
        return channels.acknowledge(request);
      case 'close':
        return channels.close(request.channel);
    }
  };

  socket.on('message', (raw, isBinary) => {
    if (socket.readyState !== socket.OPEN || !guard.mayPass()) return;
    const request = readRequest({ raw, isBinary, maxBytes: limits.maxMessageBytes });
    if (request === null) guard.strike();
    else answer(request);
  });
  socket.on('pong', guard.pongCame);
  socket.on('error', (error) => log.debug({ windowId, problem: error.message }, 'push socket error'));
  socket.on('close', (code) => {
    farewell.clear();
    guard.close();
    channels.closeAll(saidGoodbye.has(code) ? 'closed' : 'lost');
    onClosed();
  });

  return { recheck: channels.recheck, close: () => end({ code: closeCodes.goingAway, why: 'gateway closes' }) };
}

import { io } from 'socket.io-client';
import { busPath } from '#contract/bus/index.ts';
import type { LinkTransport } from '#contract/link/index.ts';

/** How long the opening of a socket may take, ms. */
const openWithinMs = 8_000;

/**
 * Socket.IO as a mere carrier: websocket only, no reconnection, no state recovery; the link's core decides all of that
 * (protocol.md, "Why not just Socket.IO").
 */
export function createSocketTransport({ platformUrl }: { platformUrl: string }): LinkTransport {
  return {
    connect: ({ handshake, listener }) => {
      const socket = io(platformUrl, {
        path: busPath,
        transports: ['websocket'],
        reconnection: false,
        forceNew: true,
        autoConnect: false,
        timeout: openWithinMs,
        auth: handshake,
      });
      let isOver = false;
      const end = (tell: () => void) => {
        if (isOver) return;
        isOver = true;
        socket.disconnect();
        tell();
      };
      socket.onAny((event: string, ...args: unknown[]) => {
        const last = args.at(-1);
        const acknowledge = typeof last === 'function' ? () => void last(null) : () => {};
        if (!isOver) listener.onMessage({ event, body: args[0], acknowledge });
      });
      // The platform's own refusal comes as a CONNECT_ERROR packet; a transport that failed carries a `type` (engine.io-client).
      socket.on('connect_error', (error) => {
        const isRefusal = !('type' in error) && error.message !== 'timeout';
        end(() => (isRefusal ? listener.onRefused(error.message) : listener.onClosed(error.message)));
      });
      socket.on('disconnect', (reason) => end(() => listener.onClosed(reason)));
      socket.connect();
      return {
        request: async (event, message) => await (socket.emitWithAck(event, message) as Promise<unknown>),
        close: () => end(() => {}),
      };
    },
  };
}

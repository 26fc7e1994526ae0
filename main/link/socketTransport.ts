import { io } from 'socket.io-client';
import { busPath } from '#contract/bus/index.ts';
import type { LinkTransport } from '#contract/link/index.ts';
import type { TrustedLine } from '#main/trust/index.ts';
import { unencrypted } from './unencrypted.ts';

/** How long the opening of a socket may take, ms. */
const openWithinMs = 8_000;

/**
 * Socket.IO as a mere carrier: websocket only, no reconnection, no state recovery; the link's core decides all of that
 * (protocol.md, "Why not just Socket.IO").
 */
export function createSocketTransport({ platformUrl, trust = unencrypted }: { platformUrl: string; trust?: TrustedLine }): LinkTransport {
  return {
    connect: ({ handshake, listener }) => {
      const believed = trust.believed();
      if (believed.kind === 'unknown') return unbelieved({ trust, tell: () => listener.onClosed('nobody has said yet whom to believe') });
      const socket = io(platformUrl, {
        path: busPath,
        transports: ['websocket'],
        reconnection: false,
        forceNew: true,
        autoConnect: false,
        timeout: openWithinMs,
        auth: handshake,
        ...(believed.kind === 'plain' ? {} : { ca: believed.certificate }),
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
      socket.on('connect', () => trust.reached());
      // The platform's own refusal comes as a CONNECT_ERROR packet; a transport that failed carries a `type` (engine.io-client).
      socket.on('connect_error', (error) => {
        const isRefusal = !('type' in error) && error.message !== 'timeout';
        if (!isRefusal) trust.failed();
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

/** A line that is not opened: it ends at once, and what the platform shows is looked at for people to decide on. */
function unbelieved({ trust, tell }: { trust: TrustedLine; tell: () => void }): ReturnType<LinkTransport['connect']> {
  trust.failed();
  const soon = setImmediate(tell);
  return { request: () => Promise.reject(new Error('there is no line')), close: () => clearImmediate(soon) };
}

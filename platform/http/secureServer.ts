import { constants, createSecureServer, type Http2SecureServer, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import type { Timers } from '#contract/values/index.ts';
import type { ServedCertificate } from '../certificates/index.ts';

/** What one connection over HTTP/2 may do. Times in ms, sizes in bytes. */
export const secureLimits = {
  /** A wall of 36 tiles waits for a playlist and the next part of each at once, and loads what is new besides. */
  maxConcurrentStreams: 256,
  maxHeaderListSize: 16 * 1024,
  maxHeaderListPairs: 64,
  /** Opened and reset again at once, over and over (CVE-2023-44487); a wall that changes its scene resets some hundred. Then so many a second. */
  streamResetBurst: 1_000,
  streamResetRate: 50,
  maxSessionMemoryMb: 32,
  /** To finish the handshake, to ask for the first time, to go on with a body, to take what was answered. */
  patienceMs: 10_000,
  /** A connection over which nothing at all was said. */
  idleMs: 5 * 60_000,
} as const;

/** How slow a client over HTTP/1.1 may be (408); the same as without encryption. */
export type Slowness = { readonly headersTimeout: number; readonly connectionsCheckingInterval: number };

/**
 * HTTP/2 and HTTP/1.1 on one port: which of them is agreed on in the handshake (ALPN); WebSockets and the bus stay on HTTP/1.1. `endAll` cuts
 * every connection.
 */
export function createEncryptedServer({
  certificate,
  slowness,
  timers,
}: {
  certificate: ServedCertificate;
  slowness: Slowness;
  timers: Timers;
}): { server: Http2SecureServer; endAll(): void } {
  const { maxConcurrentStreams, maxHeaderListSize, maxSessionMemoryMb, patienceMs, ...resets } = secureLimits;
  const server = createSecureServer({
    key: certificate.key,
    cert: certificate.cert,
    minVersion: 'TLSv1.2',
    handshakeTimeout: patienceMs,
    unknownProtocolTimeout: patienceMs,
    allowHTTP1: true,
    ...slowness,
    settings: { maxConcurrentStreams, maxHeaderListSize, enablePush: false },
    maxHeaderListPairs: resets.maxHeaderListPairs,
    streamResetBurst: resets.streamResetBurst,
    streamResetRate: resets.streamResetRate,
    maxSessionMemory: maxSessionMemoryMb,
  });
  const sockets = new Set<TLSSocket>();
  server.on('secureConnection', (socket: TLSSocket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('session', (session) => keepPatience({ session, timers }));
  server.on('stream', keepMoving);
  // A client that breaks off, or speaks another protocol, is its own affair.
  server.on('sessionError', () => {});
  return {
    server,
    endAll() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Whoever connects and asks for nothing is sent away, as over HTTP/1.1; whoever has asked may be silent for longer. */
function keepPatience({ session, timers }: { session: ServerHttp2Session; timers: Timers }): void {
  const cancel = timers.afterMs(secureLimits.patienceMs, () => session.destroy(undefined, constants.NGHTTP2_NO_ERROR));
  session.once('stream', cancel);
  session.once('close', cancel);
  session.setTimeout(secureLimits.idleMs, () => session.close());
}

/**
 * Ends a request whose body stands still, and an answer that nobody takes. An answer that is still being worked out (a playlist that waits for the
 * next part, an import) is neither.
 */
function keepMoving(stream: ServerHttp2Stream): void {
  stream.setTimeout(secureLimits.patienceMs);
  stream.on('timeout', () => {
    const isAsking = !stream.endAfterHeaders && !stream.readableEnded;
    if (isAsking || stream.writableLength > 0) stream.close(constants.NGHTTP2_CANCEL);
    else stream.setTimeout(secureLimits.patienceMs);
  });
}

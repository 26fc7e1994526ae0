import type { LinkConnection, LinkTransport } from '#contract/link/index.ts';

/** The same transport, whose open sockets can be broken: what was on its way is lost. */
export type BreakableTransport = { readonly transport: LinkTransport; cut(): void };

/** Wraps a transport so that a test can break what is open. */
export function breakable(inner: LinkTransport): BreakableTransport {
  const open = new Map<LinkConnection, (reason: string) => void>();
  return {
    transport: {
      connect: ({ handshake, listener }) => {
        const connection = inner.connect({ handshake, listener });
        open.set(connection, listener.onClosed);
        return connection;
      },
    },
    cut: () => {
      for (const [connection, tell] of [...open]) {
        open.delete(connection);
        connection.close();
        tell('cut by the test');
      }
    },
  };
}

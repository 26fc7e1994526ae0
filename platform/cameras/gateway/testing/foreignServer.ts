import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web server of somebody else on loopback, for hostile and for honest streams. `asked` are the paths that were asked for. */
export type ForeignServer = { readonly url: string; readonly asked: string[]; close(): Promise<void> };

/** Answers as a test says; 404 where it says nothing. */
export async function startForeignServer(
  answer: (path: string, exchange: { request: IncomingMessage; response: ServerResponse }) => void,
): Promise<ForeignServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    answer(path, { request, response });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

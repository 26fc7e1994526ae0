import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createServer as createTlsServer } from 'node:tls';

/** Something between a camera and the gateway: it may rewrite what the gateway says, and speak TLS to it. */
export type Between = {
  readonly port: number;
  readonly connections: () => number;
  /** In the middle of whatever flows: every connection is reset, or gets these bytes instead of what the camera goes on saying. */
  spoil(how: 'reset' | Buffer): void;
  close(): Promise<void>;
};

/** Relays every connection to a port of this machine. `rewrite` sees text that goes to the camera; `delayMs` holds up what comes from it, in order. */
export async function startBetween({
  toPort,
  rewrite = (text) => text,
  delayMs = null,
  tls = null,
}: {
  toPort: number;
  rewrite?: (text: string) => string;
  delayMs?: (() => number) | null;
  tls?: { key: string; cert: string } | null;
}): Promise<Between> {
  let connections = 0;
  const sockets = new Set<Socket>();
  const toGateway = new Map<Socket, Socket>();
  const relay = (socket: Socket) => {
    connections += 1;
    const camera = connect({ port: toPort, host: '127.0.0.1' });
    for (const each of [socket, camera]) sockets.add(each.on('error', () => {}));
    socket.on('data', (bytes: Buffer) =>
      camera.write(bytes[0] === 0x24 ? bytes : Buffer.from(rewrite(bytes.toString('latin1')), 'latin1')),
    );
    toGateway.set(socket, camera);
    if (delayMs === null) camera.pipe(socket);
    else camera.on('data', delayed({ delayMs, pass: (bytes) => void (socket.destroyed || socket.write(bytes)) }));
    socket.on('close', () => {
      toGateway.delete(socket);
      camera.destroy();
    });
    camera.on('close', () => socket.destroy());
  };
  const server = tls === null ? createServer(relay) : createTlsServer(tls, relay);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    spoil(how) {
      for (const [socket, camera] of toGateway) {
        if (how === 'reset') socket.resetAndDestroy();
        else {
          camera.unpipe(socket);
          socket.write(how);
        }
      }
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Passes bytes on later, never before those that came before them. */
function delayed({ delayMs, pass }: { delayMs: () => number; pass: (bytes: Buffer) => void }): (bytes: Buffer) => void {
  let lastAtMs = 0;
  return (bytes) => {
    lastAtMs = Math.max(lastAtMs, Date.now() + delayMs());
    setTimeout(() => pass(bytes), lastAtMs - Date.now());
  };
}

/** A certificate that nobody signed, as cameras have them, and its SHA-256 as openssl prints it. */
export function selfSigned(): { key: string; cert: string; sha256: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'commandwall-cert-'));
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  spawnSync('openssl', ['req', '-x509', ...curve, '-nodes', '-keyout', key, '-out', cert, '-subj', '/CN=camera', '-days', '2']);
  const printed = spawnSync('openssl', ['x509', '-in', cert, '-noout', '-fingerprint', '-sha256'], { encoding: 'utf8' }).stdout;
  const made = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8'), sha256: /=([0-9A-F:]+)/.exec(printed)?.[1] ?? '' };
  rmSync(folder, { recursive: true });
  return made;
}

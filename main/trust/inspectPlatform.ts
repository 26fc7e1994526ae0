import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { connect, type DetailedPeerCertificate } from 'node:tls';

/** What the platform shows, its own certificate first; null when nobody answers there. */
export type InspectPlatform = (platformUrl: string) => Promise<readonly X509Certificate[] | null>;

const patienceMs = 5_000;
/** Longer chains are nobody's. */
const maxLength = 8;

/** Shakes hands and hangs up, to tell people what is shown there. Whatever it is, nothing is sent over this connection. */
export const inspectPlatform: InspectPlatform = async (platformUrl) => {
  const { hostname, port } = new URL(platformUrl);
  const host = hostname.replace(/^\[|\]$/g, '');
  const { promise, resolve } = Promise.withResolvers<readonly X509Certificate[] | null>();
  const socket = connect({
    host,
    port: Number(port === '' ? 443 : port),
    ...(isIP(host) === 0 ? { servername: host } : {}),
    rejectUnauthorized: false,
  });
  socket.setTimeout(patienceMs, () => socket.destroy());
  socket.once('secureConnect', () => {
    resolve(chainOf(socket.getPeerCertificate(true)));
    socket.destroy();
  });
  socket.once('error', () => resolve(null));
  socket.once('close', () => resolve(null));
  return await promise;
};

function chainOf(shown: DetailedPeerCertificate): readonly X509Certificate[] {
  const chain: X509Certificate[] = [];
  for (let next: DetailedPeerCertificate | undefined = shown; next?.raw !== undefined && chain.length < maxLength; ) {
    const certificate = new X509Certificate(next.raw);
    if (chain.some(({ fingerprint256 }) => fingerprint256 === certificate.fingerprint256)) break;
    chain.push(certificate);
    next = next.issuerCertificate;
  }
  return chain;
}

import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { granted, type Result, refused } from '#contract/values/index.ts';

/** Certificates that are believed: authorities of the county (PEM); a single device is pinned in its address (`#sha256=…`). */
export type DeviceTrust = { readonly authorities: readonly string[] };

/** Why there is no connection to a device. */
export type ConnectRefusalCode =
  | 'cameras.deviceUnreachable'
  | 'cameras.deviceSilent'
  | 'cameras.certificateUnknown'
  | 'cameras.certificateChanged';

const connectWithinMs = 5_000;

/** The SHA-256 that an address pins its device's certificate to, in upper-case hex; null when it pins none. */
export function pinOf(url: URL): string | null {
  const pin = /^#sha256=([0-9a-f:]{64,95})$/i.exec(url.hash)?.[1]?.replaceAll(':', '').toUpperCase();
  return pin?.length === 64 ? pin : null;
}

/**
 * Connects to a device, over TLS where the scheme says so. A certificate is believed when its address pins it, else when an authority of
 * the county signed it for that address; there is no third way. Nothing is sent before.
 */
export async function connectDevice({
  url,
  port,
  isSecure,
  trust,
}: {
  url: URL;
  port: number;
  isSecure: boolean;
  trust: DeviceTrust;
}): Promise<Result<Socket, ConnectRefusalCode>> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // The handshake may go on with an unknown certificate, so that a pinned one can be looked at; it is judged below, before any byte is sent.
  const socket = isSecure
    ? connectTls({ host, port, rejectUnauthorized: false, ca: [...trust.authorities], minVersion: 'TLSv1.2' })
    : connectPlain({ host, port });
  let late: NodeJS.Timeout | undefined;
  const failed = await new Promise<ConnectRefusalCode | null>((resolve) => {
    const onError = () => resolve('cameras.deviceUnreachable');
    socket.once('error', onError);
    // All of it together: a device that lets a handshake drip would keep an idle timer awake for ever.
    late = setTimeout(() => resolve('cameras.deviceSilent'), connectWithinMs);
    socket.once(isSecure ? 'secureConnect' : 'connect', () => resolve(null));
  });
  clearTimeout(late);
  const doubt = failed ?? (isSecure ? certificateDoubt({ socket: socket as TLSSocket, pin: pinOf(url), trust }) : null);
  if (doubt !== null) {
    socket.on('error', () => {}).destroy();
    return refused(doubt);
  }
  socket.setNoDelay(true);
  return granted(socket);
}

function certificateDoubt({
  socket,
  pin,
  trust,
}: {
  socket: TLSSocket;
  pin: string | null;
  trust: DeviceTrust;
}): ConnectRefusalCode | null {
  if (pin !== null) {
    const shown = socket.getPeerCertificate().fingerprint256?.replaceAll(':', '').toUpperCase();
    return shown === pin ? null : 'cameras.certificateChanged';
  }
  return trust.authorities.length > 0 && socket.authorized ? null : 'cameras.certificateUnknown';
}

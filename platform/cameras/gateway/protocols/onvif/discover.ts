import { randomUUID } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { networkInterfaces } from 'node:os';
import type { FoundDevice } from '#contract/cameras/index.ts';
import type { Timers } from '#contract/values/index.ts';
import { checkSourceUrl, isAllowedAddress, type SourceNetworks } from '../../checkSourceUrl.ts';
import { elementsOf, readXml, textAt } from './soap.ts';

/** Where WS-Discovery asks: everybody on the wire at once. */
const everybody = { address: '239.255.255.250', port: 3702 } as const;
const waitMs = 3_000;
const maxDevices = 1024;
const maxAnswerBytes = 16 * 1024;

/**
 * Asks the camera networks who is there (WS-Discovery), from those of our own addresses that lie in them; nothing is asked anywhere else,
 * and only answers from there count. `to` is another place to ask, such as a single host.
 */
export async function discoverDevices({
  networks,
  timers,
  to = everybody,
  onFound = () => {},
}: {
  networks: SourceNetworks;
  timers: Timers;
  to?: { readonly address: string; readonly port: number };
  /** Told of each answer as it comes. */
  onFound?: (device: FoundDevice) => void;
}): Promise<readonly FoundDevice[]> {
  const own = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, address }) => family === 'IPv4' && isAllowedAddress(address, networks));
  const found = new Map<string, FoundDevice>();
  const sockets = own.map(({ address }) => ask({ from: address, to, onAnswer: (bytes, sender) => take(bytes, sender) }));

  function take(bytes: Buffer, sender: string): void {
    if (bytes.length > maxAnswerBytes || found.size >= maxDevices || !isAllowedAddress(sender, networks)) return;
    for (const device of devicesIn(bytes, networks)) {
      found.set(device.address, device);
      onFound(device);
    }
  }

  await new Promise<void>((resolve) => timers.afterMs(own.length === 0 ? 0 : waitMs, resolve));
  for (const socket of sockets) socket.close();
  return [...found.values()].toSorted((a, b) => a.address.localeCompare(b.address, 'en', { numeric: true }));
}

function ask({
  from,
  to,
  onAnswer,
}: {
  from: string;
  to: { readonly address: string; readonly port: number };
  onAnswer: (bytes: Buffer, sender: string) => void;
}): Socket {
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  // A network that cannot be asked answers nothing; the others still do.
  socket.on('error', () => {});
  socket.on('message', (bytes, { address }) => onAnswer(bytes, address));
  socket.bind(0, from, () => {
    socket.setMulticastInterface(from);
    socket.send(probe(), to.port, to.address, () => {});
  });
  return socket;
}

function probe(): string {
  return (
    '<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" ' +
    'xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"><s:Header>' +
    `<a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</a:Action><a:MessageID>uuid:${randomUUID()}</a:MessageID>` +
    '<a:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To></s:Header><s:Body>' +
    '<Probe xmlns="http://schemas.xmlsoap.org/ws/2005/04/discovery"><Types xmlns:d="http://www.onvif.org/ver10/network/wsdl">' +
    'd:NetworkVideoTransmitter</Types></Probe></s:Body></s:Envelope>'
  );
}

/** Devices that one answer names; addresses that are no camera's are left out. */
function devicesIn(bytes: Buffer, networks: SourceNetworks): readonly FoundDevice[] {
  const read = readXml(bytes);
  if (!read.ok) return [];
  return elementsOf(read.value, 'ProbeMatch').flatMap((match) => {
    const scopes = (textAt(match, 'Scopes') ?? '').split(/\s+/);
    const addresses = (textAt(match, 'XAddrs') ?? '').split(/\s+/);
    const url = addresses.map((address) => checkSourceUrl(address, { networks, schemes: ['http'] })).find(({ ok }) => ok);
    return url?.ok === true
      ? [{ address: `onvif://${url.value.host}`, name: scopeOf(scopes, 'name'), hardware: scopeOf(scopes, 'hardware') }]
      : [];
  });
}

function scopeOf(scopes: readonly string[], kind: string): string {
  const prefix = `onvif://www.onvif.org/${kind}/`;
  const raw = scopes.find((scope) => scope.startsWith(prefix))?.slice(prefix.length) ?? '';
  return decoded(raw).replaceAll(/\p{C}/gu, '').slice(0, 64);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

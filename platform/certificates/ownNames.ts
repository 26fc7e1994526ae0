import { isIP } from 'node:net';

/** Listening on all addresses. */
const anyAddress: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/**
 * What a platform's certificate is for: the name that desks use first, then what this machine is called and reached by. `addresses` are those of
 * its network interfaces; link-local ones (fe80::) name no machine by themselves.
 */
export function ownNames({
  publicHost,
  host,
  hostname,
  addresses,
}: {
  publicHost: string | null;
  host: string;
  hostname: string;
  addresses: readonly string[];
}): readonly string[] {
  const plain = (name: string) => name.replace(/^\[|\]$/g, '').toLowerCase();
  const asked = [publicHost ?? host, host].map(plain).filter((name) => !anyAddress.has(name));
  const machine = [hostname.toLowerCase(), 'localhost', '127.0.0.1', '::1', ...addresses.filter((address) => !/^fe80:/i.test(address))];
  return [...new Set([...asked, ...machine])].filter((name) => isIP(name) !== 0 || isHostName(name));
}

/** RFC 1123: what a certificate may name. */
function isHostName(name: string): boolean {
  return name.length <= 253 && /^(?!-)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*$/.test(name);
}

import { BlockList, isIP } from 'node:net';
import { granted, type Result, refused } from '#contract/values/index.ts';

/** Where cameras may be. `cidrs` like `10.0.0.0/8`; `loopback` only for demo and tests. */
export type SourceNetworks = { readonly cidrs: readonly string[]; readonly loopback: 'allowed' | 'refused' };

/** Private networks, where a county's video network lives; anything else is configured. */
export const privateNetworks: SourceNetworks = {
  cidrs: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'],
  loopback: 'refused',
};

/** Why a camera address is not opened. */
export type SourceUrlRefusalCode =
  | 'cameras.urlMalformed'
  | 'cameras.urlScheme'
  | 'cameras.urlAddressNotLiteral'
  | 'cameras.urlAddressNotConfigured';

// Link-local and the metadata services of clouds (169.254.169.254, 100.100.100.200, fd00:ec2::254), "this network", multicast and
// broadcast: never a camera, whatever is configured.
const never = blockList([
  ...['169.254.0.0/16', '100.100.100.200/32', '0.0.0.0/8', '224.0.0.0/4', '240.0.0.0/4'],
  ...['fe80::/10', 'ff00::/8', '::/128', 'fd00:ec2::/32'],
]);
const loopback = blockList(['127.0.0.0/8', '::1/128']);

/** How a camera may be spoken to. */
export type SourceScheme = 'rtsp' | 'rtsps' | 'http' | 'https' | 'onvif';

/**
 * Checks a camera's address before anything connects to it: a scheme that is expected here, no characters that end a line or an argument,
 * and a literal address inside the configured networks. Names are refused: they could answer differently when they are asked again.
 */
export function checkSourceUrl(
  text: string,
  { networks, schemes }: { networks: SourceNetworks; schemes: readonly SourceScheme[] },
): Result<URL, SourceUrlRefusalCode> {
  // Anything outside printable ASCII has no place in a URL; the URL parser would silently drop CR, LF and tabs.
  if (text.length > 1024 || !/^[\x21-\x7e]+$/.test(text) || /["'`;|<>\\^{}]/.test(text)) return refused('cameras.urlMalformed');
  // ffmpeg decodes the user's name into a header: an encoded line end would write headers of its own.
  if (/%([01][0-9a-f]|7f)/i.test(text)) return refused('cameras.urlMalformed');
  const scheme = /^([a-z]+):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (!schemes.some((known) => known === scheme)) return refused('cameras.urlScheme');
  if (!URL.canParse(text)) return refused('cameras.urlMalformed');
  const url = new URL(text);
  const address = url.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(address);
  if (family === 0) return refused('cameras.urlAddressNotLiteral');
  return isAllowedAddress(address, networks) ? granted(url) : refused('cameras.urlAddressNotConfigured');
}

/** Whether a camera may be at an IP address; false for anything that is none. */
export function isAllowedAddress(address: string, networks: SourceNetworks): boolean {
  if (isIP(address) === 0) return false;
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (never.check(address, family)) return false;
  if (loopback.check(address, family)) return networks.loopback === 'allowed';
  return blockList(networks.cidrs).check(address, family);
}

function blockList(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [network = '', prefix = ''] = cidr.split('/');
    list.addSubnet(network, Number(prefix), isIP(network) === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}

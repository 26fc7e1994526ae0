import { type Clock, granted, type Result, refused } from '#contract/values/index.ts';
import { checkSourceUrl, type SourceNetworks, type SourceUrlRefusalCode } from '../../checkSourceUrl.ts';
import { plainAddress } from '../../device/account.ts';
import { type AskRefusalCode, askDevice, type DevicePorts } from '../../device/askDevice.ts';

export type ForeignPorts = DevicePorts & { readonly networks: SourceNetworks; readonly clock: Clock };

/** Why a file of a foreign server is not here. `hlsStatus`: it answered with something else than the file. */
export type ForeignRefusalCode = AskRefusalCode | SourceUrlRefusalCode | 'cameras.redirected' | 'cameras.hlsStatus';

const maxRedirects = 3;

/** An address as it stands in a playlist or a redirect, checked; it gets the account of where it stood, on the same host only. */
export function addressIn(uri: string, { base, networks }: { base: URL; networks: SourceNetworks }): Result<URL, SourceUrlRefusalCode> {
  const plain = plainAddress(base);
  const absolute = URL.canParse(uri, plain) ? new URL(uri, plain).href : uri;
  const checked = checkSourceUrl(absolute, { networks, schemes: ['http', 'https'] });
  return checked.ok ? granted(withAccount(checked.value, base)) : checked;
}

/** Fetches a file and says where it was found; each redirect is checked like an address of a list. */
export async function fetchForeign(
  { url, ...limits }: { url: URL; maxBytes: number; withinMs: number },
  ports: ForeignPorts,
): Promise<Result<{ readonly body: Buffer; readonly at: URL }, ForeignRefusalCode>> {
  let at = url;
  for (let hop = 0; hop <= maxRedirects; hop += 1) {
    const answer = await askDevice({ url: at, method: 'GET', ...limits }, ports);
    if (!answer.ok) return answer;
    const { status, headers, body } = answer.value;
    if (status === 200) return granted({ body, at });
    if (status < 300 || status >= 400 || headers.location === undefined) return refused('cameras.hlsStatus', { status });
    const next = addressIn(headers.location, { base: at, networks: ports.networks });
    if (!next.ok) return next;
    at = next.value;
  }
  return refused('cameras.redirected');
}

function withAccount(url: URL, base: URL): URL {
  if (url.host !== base.host || url.protocol !== base.protocol || url.username !== '') return url;
  const own = new URL(url);
  own.username = base.username;
  own.password = base.password;
  own.hash = base.hash;
  return own;
}

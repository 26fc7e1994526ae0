import { createHash } from 'node:crypto';

/** Name and password of a camera's account. */
export type Credentials = { readonly user: string; readonly password: string };

/** How a device wants to be shown them (RFC 7616, RFC 7617; RTSP uses the same). */
export type Challenge =
  | { readonly scheme: 'basic' }
  | {
      readonly scheme: 'digest';
      readonly realm: string;
      readonly nonce: string;
      readonly opaque: string | null;
      readonly algorithm: DigestAlgorithm;
      readonly quality: 'auth' | null;
      readonly isStale: boolean;
    };

type DigestAlgorithm = 'MD5' | 'SHA-256';

/** The strongest challenge among `WWW-Authenticate` headers; null when there is none that we can answer. */
export function readChallenge(headers: readonly string[]): Challenge | null {
  const found = headers.flatMap((header) => header.split(/(?:^|,\s*)(?=(?:Digest|Basic)\b)/i)).map(toChallenge);
  const digests = found.filter((challenge) => challenge?.scheme === 'digest');
  const strongest = digests.find((digest) => digest?.scheme === 'digest' && digest.algorithm === 'SHA-256') ?? digests[0];
  return strongest ?? found.find((challenge) => challenge?.scheme === 'basic') ?? null;
}

function toChallenge(text: string): Challenge | null {
  if (/^\s*basic\b/i.test(text)) return { scheme: 'basic' };
  if (!/^\s*digest\b/i.test(text)) return null;
  const read = new Map(
    [...text.matchAll(/([a-z]+)\s*=\s*(?:"([^"]{0,512})"|([^\s,"]{1,512}))/gi)].map((m) => [m[1]?.toLowerCase(), m[2] ?? m[3]]),
  );
  const [realm, nonce] = [read.get('realm'), read.get('nonce')];
  const algorithm = (read.get('algorithm') ?? 'MD5').toUpperCase();
  if (realm === undefined || nonce === undefined || (algorithm !== 'MD5' && algorithm !== 'SHA-256')) return null;
  const offers = (read.get('qop') ?? '').split(',').map((word) => word.trim().toLowerCase());
  const isStale = read.get('stale')?.toLowerCase() === 'true';
  return {
    scheme: 'digest',
    realm,
    nonce,
    opaque: read.get('opaque') ?? null,
    algorithm,
    quality: offers.includes('auth') ? 'auth' : null,
    isStale,
  };
}

/** What is asked, for the `Authorization` header. `clientNonce` is random; `count` counts the requests with this nonce from 1. */
export type AuthorizedRequest = {
  readonly credentials: Credentials;
  readonly method: string;
  readonly uri: string;
  readonly clientNonce: string;
  readonly count: number;
};

/** The `Authorization` header that answers a challenge. */
export function answerChallenge(challenge: Challenge, { credentials, method, uri, clientNonce, count }: AuthorizedRequest): string {
  const { user, password } = credentials;
  if (challenge.scheme === 'basic') return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const { realm, nonce, opaque, algorithm, quality } = challenge;
  const hash = (text: string) =>
    createHash(algorithm === 'MD5' ? 'md5' : 'sha256')
      .update(text)
      .digest('hex');
  const counted = count.toString(16).padStart(8, '0');
  const middle = quality === null ? nonce : `${nonce}:${counted}:${clientNonce}:${quality}`;
  const response = hash(`${hash(`${user}:${realm}:${password}`)}:${middle}:${hash(`${method}:${uri}`)}`);
  const quoted = (text: string) => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
  const parts = [
    `username=${quoted(user)}, realm=${quoted(realm)}, nonce=${quoted(nonce)}, uri=${quoted(uri)}, response="${response}"`,
    ...(algorithm === 'MD5' ? [] : [`algorithm=${algorithm}`]),
    ...(opaque === null ? [] : [`opaque=${quoted(opaque)}`]),
    ...(quality === null ? [] : [`qop=${quality}, nc=${counted}, cnonce="${clientNonce}"`]),
  ];
  return `Digest ${parts.join(', ')}`;
}

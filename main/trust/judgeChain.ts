import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { TrustProblem } from '#contract/bridge/index.ts';

export type ChainQuestion = {
  /** As it was shown, the server's own certificate first. */
  readonly chain: readonly X509Certificate[];
  /** The only one that is believed. */
  readonly authority: X509Certificate;
  /** Name or address by which the platform was called. */
  readonly host: string;
  readonly nowMs: number;
  /** A time that this desk has certainly lived through already. Unit: ms. */
  readonly notBeforeMs: number;
};

/** Longer chains are nobody's. */
const maxLength = 8;

/** Why a chain is not believed, the gravest reason first; null = it is. */
export function judgeChain({ chain, authority, host, nowMs, notBeforeMs }: ChainQuestion): TrustProblem | null {
  const signed = pathTo({ chain, authority });
  if (signed === null) return 'otherAuthority';
  const isEarly = signed.some(({ validFromDate }) => nowMs < validFromDate.getTime());
  const isLate = signed.some(({ validToDate }) => nowMs > validToDate.getTime());
  if (nowMs < notBeforeMs && (isEarly || isLate)) return 'deskClock';
  if (isEarly) return 'notYetValid';
  if (isLate) return 'expired';
  return isFor({ certificate: signed[0], host }) ? null : 'otherName';
}

/** From the server's certificate up to the authority, each signed by the next; null when the authority is not at the end. */
function pathTo({ chain, authority }: Pick<ChainQuestion, 'chain' | 'authority'>): readonly [X509Certificate, ...X509Certificate[]] | null {
  const [server] = chain;
  if (server === undefined || server.ca) return null;
  const path: [X509Certificate, ...X509Certificate[]] = [server];
  for (let last = server; path.length < maxLength; ) {
    if (isSignedBy(last, authority)) return [...path, authority];
    const next = chain.find((candidate) => candidate.ca && !path.includes(candidate) && isSignedBy(last, candidate));
    if (next === undefined) return null;
    path.push(next);
    last = next;
  }
  return null;
}

function isSignedBy(certificate: X509Certificate, signer: X509Certificate): boolean {
  return certificate.checkIssued(signer) && certificate.verify(signer.publicKey);
}

function isFor({ certificate, host }: { certificate: X509Certificate; host: string }): boolean {
  const name = host.replace(/^\[|\]$/g, '');
  return (isIP(name) === 0 ? certificate.checkHost(name, { subject: 'never' }) : certificate.checkIP(name)) !== undefined;
}

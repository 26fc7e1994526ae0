import { X509Certificate } from 'node:crypto';
import { judgeChain } from '#main/trust/index.ts';

/** Certificates of one host that are trusted, and no others; trust is pinned, never ignored. */
export type CertificatePins = {
  /** Host name of the platform, without port. */
  readonly host: string;
  /** `sha256/<base64>` as Electron writes fingerprints; empty = whatever the system trusts. */
  readonly fingerprints: readonly string[];
  /** The authority that this desk believes for the platform; null = nothing is encrypted, or nobody is believed yet. */
  readonly authority: X509Certificate | null;
};

/** Answers of Electron's certificate verify proc: accepted, refused, as Chromium decides. */
const accepted = 0;
const refused = -2;
const asChromiumDecides = -3;

/** A certificate as Electron hands it over: PEM, and whoever signed it. */
type Shown = { readonly fingerprint: string; readonly data: string; readonly issuerCert?: Shown | undefined };

export type CertificateQuestion = { readonly hostname: string; readonly certificate: Shown };

/**
 * For `setCertificateVerifyProc`: the platform needs a certificate that its authority signed, that is for it and of this time, or one that is pinned by
 * itself; every other host what Chromium asks of it. Chromium's own verdict about the platform is of no use: it names an unknown authority first and
 * says nothing of name and dates then.
 */
export function verifyCertificate({
  request,
  pins,
  nowMs,
}: {
  request: CertificateQuestion;
  pins: CertificatePins;
  nowMs: number;
}): number {
  const { host, fingerprints, authority } = pins;
  if (request.hostname !== host.replace(/^\[|\]$/g, '')) return asChromiumDecides;
  if (fingerprints.length > 0) return fingerprints.includes(request.certificate.fingerprint) ? accepted : refused;
  if (authority === null) return asChromiumDecides;
  return judgeChain({ chain: chainOf(request.certificate), authority, host, nowMs, notBeforeMs: 0 }) === null ? accepted : refused;
}

/** Longer chains are nobody's. */
const maxLength = 8;

function chainOf(shown: Shown): readonly X509Certificate[] {
  const chain: X509Certificate[] = [];
  for (let next: Shown | undefined = shown; next !== undefined && chain.length < maxLength; next = next.issuerCert) {
    chain.push(new X509Certificate(next.data));
  }
  return chain;
}

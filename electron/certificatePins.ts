/** Certificates of one host that are trusted, and no others; trust is pinned, never ignored. */
export type CertificatePins = {
  /** Host name of the platform, without port. */
  readonly host: string;
  /** `sha256/<base64>` as Electron writes fingerprints; empty = whatever the system trusts. */
  readonly fingerprints: readonly string[];
};

/** Answers of Electron's certificate verify proc: accepted, refused, as Chromium decides. */
const accepted = 0;
const refused = -2;
const asChromiumDecides = -3;

export type CertificateQuestion = { readonly hostname: string; readonly certificate: { readonly fingerprint: string } };

/** For `setCertificateVerifyProc`: the pinned host needs a pinned certificate, every other host what Chromium asks of it. */
export function verifyCertificate({ request, pins }: { request: CertificateQuestion; pins: CertificatePins }): number {
  if (pins.fingerprints.length === 0 || request.hostname !== pins.host) return asChromiumDecides;
  return pins.fingerprints.includes(request.certificate.fingerprint) ? accepted : refused;
}

import { makeAuthority, makeServerCertificate, type KeyPair } from '#platform/certificates/makeCertificates.ts';
import type { KeptCertificate, ServedCertificate } from '#platform/certificates/index.ts';
import { X509Certificate } from 'node:crypto';

/** An authority that a test made, and the certificates that it signs. */
export type TestAuthority = {
  readonly certificate: string;
  readonly fingerprint: string;
  /** What a server shows that was certified then, for these names (default: now, for this machine). */
  sign(asked?: { names?: readonly string[]; atMs?: number }): Promise<ServedCertificate>;
};

/** Days before now, or behind it, as a time. */
export const daysAwayMs = (days: number) => Date.now() + days * 24 * 60 * 60_000;

export async function makeTestAuthority({ name = '安澜县 Commandwall CA' } = {}): Promise<TestAuthority> {
  const pair: KeyPair = await makeAuthority({ name, nowMs: daysAwayMs(-1_000) });
  const { fingerprint256: fingerprint } = new X509Certificate(pair.certificate);
  return {
    certificate: pair.certificate,
    fingerprint,
    async sign({ names = ['127.0.0.1', 'localhost'], atMs = Date.now() } = {}) {
      const { certificate, key } = await makeServerCertificate({ authority: pair, names, nowMs: atMs });
      const authority = { name, certificate: pair.certificate, fingerprint };
      const { validToDate, subjectAltName } = new X509Certificate(certificate);
      return {
        key,
        cert: `${certificate}\n${pair.certificate}\n`,
        authority,
        names: subjectAltName ?? '',
        validToMs: validToDate.getTime(),
      };
    },
  };
}

/** A certificate as a running platform keeps it, exchanged by hand. */
export function createHandCertificate(first: ServedCertificate): KeptCertificate & { show(next: ServedCertificate): void } {
  let served = first;
  const listeners = new Set<(served: ServedCertificate) => void>();
  return {
    current: () => served,
    onRenewed(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    show(next) {
      served = next;
      for (const listener of listeners) listener(next);
    },
    close: () => {},
  };
}

import type { Shown } from './checkCertificates.ts';

/** What the platform's server shows, and by whom it is believed. */
export type ServedCertificate = {
  /** Private key, PEM. */
  readonly key: string;
  /** Server's certificate, those in between and the authority's, PEM: a desk that does not know the authority yet can be shown it. */
  readonly cert: string;
  readonly authority: {
    readonly name: string;
    readonly certificate: string;
    /** SHA-256 of the certificate, as pairs of hexadecimal digits with colons; what people compare. */
    readonly fingerprint: string;
  };
  readonly names: string;
  readonly validToMs: number;
};

export function toServed({ chain, authority, key }: Shown): ServedCertificate {
  return {
    key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: [...chain, authority].map((certificate) => certificate.toString()).join(''),
    authority: {
      name: /^CN=(.*)$/m.exec(authority.subject)?.[1] ?? authority.subject.replaceAll('\n', ', '),
      certificate: authority.toString(),
      fingerprint: authority.fingerprint256,
    },
    names: chain[0]?.subjectAltName ?? '',
    // The first of them to end ends all.
    validToMs: Math.min(...[...chain, authority].map(({ validToDate }) => validToDate.getTime())),
  };
}

import type { KeyObject, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';

/** What a platform is to show to desks and browsers. */
export type Shown = {
  /** The server's own certificate first, then whoever signed it, one after the other; without the authority. */
  readonly chain: readonly X509Certificate[];
  readonly authority: X509Certificate;
  readonly key: KeyObject;
  /** Names and addresses by which it is called. */
  readonly names: readonly string[];
};

/** Why desks would not believe this, in a sentence each; empty = they will. */
export function certificateProblems({ shown, nowMs }: { shown: Shown; nowMs: number }): readonly string[] {
  const { chain, authority, key, names } = shown;
  const [server] = chain;
  if (server === undefined) return ['There is no certificate.'];
  const missing = names.filter((name) => !isFor(server, name));
  return [
    ...(server.checkPrivateKey(key) ? [] : ["The key does not fit the certificate: it is another server's."]),
    ...(server.ca ? ["The certificate is an authority's and not a server's."] : []),
    ...[...chain, authority].flatMap((certificate) => dateProblems({ certificate, nowMs })),
    ...(missing.length === 0
      ? []
      : [`The certificate is not for ${missing.join(', ')}. It is for ${server.subjectAltName ?? 'no name at all'}.`]),
    ...signatureProblems([...chain, authority]),
  ];
}

/** Whether a certificate names this host or address. */
export function isFor(certificate: X509Certificate, name: string): boolean {
  return (isIP(name) === 0 ? certificate.checkHost(name, { subject: 'never' }) : certificate.checkIP(name)) !== undefined;
}

function dateProblems({ certificate, nowMs }: { certificate: X509Certificate; nowMs: number }): readonly string[] {
  const who = certificate.subject.replaceAll('\n', ', ');
  const clock = `This machine's clock says ${new Date(nowMs).toISOString()}.`;
  if (nowMs < certificate.validFromDate.getTime())
    return [`The certificate of ${who} is not valid before ${certificate.validFromDate.toISOString()}. ${clock}`];
  if (nowMs > certificate.validToDate.getTime())
    return [`The certificate of ${who} expired on ${certificate.validToDate.toISOString()}. ${clock}`];
  return [];
}

function signatureProblems(certificates: readonly X509Certificate[]): readonly string[] {
  return certificates.slice(0, -1).flatMap((certificate, index) => {
    const signer = certificates[index + 1];
    const isSigned = signer === undefined || (certificate.checkIssued(signer) && certificate.verify(signer.publicKey));
    if (isSigned) return [];
    return [
      `The certificate of ${certificate.subject.replaceAll('\n', ', ')} was not signed by ${signer.subject.replaceAll('\n', ', ')}: ` +
        'the file of certificates must go on with whoever signed the one before, up to the authority.',
    ];
  });
}

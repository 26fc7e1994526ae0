import { X509Certificate } from 'node:crypto';
import type { AuthorityFolder } from './authorityFolder.ts';
import { certificateProblems } from './checkCertificates.ts';
import { type KeyPair, makeAuthority, makeServerCertificate, serverForMs } from './makeCertificates.ts';
import { certificatesIn, privateKeyIn } from './pem.ts';
import { toServed, type ServedCertificate } from './servedCertificate.ts';

/** A server's certificate is made anew when a third of its time is left: a platform that is off for weeks still starts with a good one. */
const renewBeforeMs = serverForMs / 3;

export type OwnCertificateOptions = {
  folder: AuthorityFolder;
  /** What the authority is called when there is none yet. */
  authorityName: string;
  names: readonly string[];
  nowMs: number;
};

/**
 * The certificate that this platform made for itself: kept while it is good for long enough and for all of these names, else made anew by the
 * same authority. Throws a sentence when the authority has expired or is broken: a new one has to be handed to the desks by people.
 */
export async function ownCertificate({ folder, authorityName, names, nowMs }: OwnCertificateOptions): Promise<ServedCertificate> {
  const authority = folder.readAuthority() ?? (await newAuthority({ folder, name: authorityName, nowMs }));
  const kept = folder.readServer();
  const served = kept === null ? null : servedFrom({ authority, server: kept, names, nowMs: nowMs + renewBeforeMs });
  if (served !== null) return served;
  const server = await makeServerCertificate({ authority, names, nowMs });
  const made = servedFrom({ authority, server, names, nowMs });
  if (made === null) {
    const { subject, validTo } = new X509Certificate(authority.certificate);
    throw new Error(
      `The county's authority (${subject}, valid to ${validTo}) signs nothing that desks would believe on ${new Date(nowMs).toISOString()}. ` +
        'Is the clock right? Else make a new one with npm run certificates -- --new-authority and hand it to every desk.',
    );
  }
  folder.writeServer(server);
  return made;
}

/** Makes an authority where there is none. */
export async function newAuthority({ folder, name, nowMs }: { folder: AuthorityFolder; name: string; nowMs: number }): Promise<KeyPair> {
  const authority = await makeAuthority({ name, nowMs });
  folder.writeAuthority(authority);
  return authority;
}

/** Null when desks would not believe it then. */
function servedFrom({
  authority,
  server,
  names,
  nowMs,
}: {
  authority: KeyPair;
  server: KeyPair;
  names: readonly string[];
  nowMs: number;
}): ServedCertificate | null {
  const shown = {
    chain: certificatesIn({ text: server.certificate, file: 'server.pem' }),
    authority: new X509Certificate(authority.certificate),
    key: privateKeyIn({ text: server.key, file: 'server.pem' }),
    names,
  };
  return certificateProblems({ shown, nowMs }).length === 0 ? toServed(shown) : null;
}

import { readFileSync } from 'node:fs';
import { certificateProblems } from './checkCertificates.ts';
import { certificatesIn, privateKeyIn } from './pem.ts';
import { type ServedCertificate, toServed } from './servedCertificate.ts';

/** Files (PEM) of a certificate that the county's own authority made. */
export type CountyFiles = {
  /** The server's certificate, followed by those between it and the authority. */
  readonly certificate: string;
  readonly key: string;
  readonly authority: string;
};

/** The county's own certificate as it lies in its files now. Throws sentences that name what desks would not believe. */
export function countyCertificate({
  files,
  names,
  nowMs,
}: {
  files: CountyFiles;
  names: readonly string[];
  nowMs: number;
}): ServedCertificate {
  const read = (file: string) => ({ text: readFileSync(file, 'utf8'), file });
  const [authority, ...others] = certificatesIn(read(files.authority));
  if (authority === undefined || others.length > 0)
    throw new Error(`${files.authority} must hold one certificate, the authority's; those in between belong into ${files.certificate}.`);
  const all = certificatesIn(read(files.certificate));
  // Some tools write the authority behind the chain as well.
  const chain = all.filter(({ fingerprint256 }) => fingerprint256 !== authority.fingerprint256);
  const shown = { chain, authority, key: privateKeyIn(read(files.key)), names };
  const problems = certificateProblems({ shown, nowMs });
  if (problems.length > 0) throw new Error(`${files.certificate}: ${problems.join(' ')}`);
  return toServed(shown);
}

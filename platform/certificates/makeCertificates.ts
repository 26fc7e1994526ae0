import { randomBytes, type webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import type { Extension } from '@peculiar/x509';
import { loadX509 } from './loadX509.ts';

/** A certificate and the private key that it is for, as PEM. */
export type KeyPair = { readonly certificate: string; readonly key: string };

const dayMs = 24 * 60 * 60_000;
/** Longer than the hardware of a command room lasts; whoever wants a new one makes it and hands it over again. */
const authorityForMs = 10 * 365 * dayMs;
/** Below the 398 days that browsers take from public ones; the platform renews it by itself. */
export const serverForMs = 180 * dayMs;
/** Desks' clocks that are a little behind must not make a new certificate wait for them. */
const backDatedMs = dayMs;

/** ECDSA P-256: spoken by every browser and Node, also in national builds; small enough to sign often. */
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** Makes the county's own authority. Its key signs nothing but certificates of servers. */
export async function makeAuthority({ name, nowMs }: { name: string; nowMs: number }): Promise<KeyPair> {
  const x509 = await loadX509();
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    keys,
    name: [{ CN: [name] }],
    ...serialAndSpan({ nowMs, forMs: authorityForMs }),
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: certificate.toString('pem'), key: await pemOf(keys.privateKey) };
}

/** Makes a certificate of a server, signed by the authority, for all of these names and addresses; a key of its own each time. */
export async function makeServerCertificate({
  authority,
  names,
  nowMs,
}: {
  authority: KeyPair;
  names: readonly string[];
  nowMs: number;
}): Promise<KeyPair> {
  const x509 = await loadX509();
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const signer = new x509.X509Certificate(authority.certificate);
  const signingKey = await crypto.subtle.importKey('pkcs8', x509.PemConverter.decodeFirst(authority.key), algorithm, false, ['sign']);
  const extensions: Extension[] = [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value }))),
    await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    await x509.AuthorityKeyIdentifierExtension.create(signer),
  ];
  const certificate = await x509.X509CertificateGenerator.create({
    publicKey: keys.publicKey,
    subject: [{ CN: [names[0] ?? 'platform'] }],
    issuer: signer.subject,
    ...serialAndSpan({ nowMs, forMs: serverForMs }),
    signingKey,
    signingAlgorithm: algorithm,
    extensions,
  });
  return { certificate: certificate.toString('pem'), key: await pemOf(keys.privateKey) };
}

function serialAndSpan({ nowMs, forMs }: { nowMs: number; forMs: number }) {
  return {
    // A positive number of at most 20 bytes (RFC 5280, 4.1.2.2).
    serialNumber: `40${randomBytes(15).toString('hex')}`,
    notBefore: new Date(nowMs - backDatedMs),
    notAfter: new Date(nowMs + forMs),
  };
}

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  const x509 = await loadX509();
  return `${x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), x509.PemConverter.PrivateKeyTag)}\n`;
}

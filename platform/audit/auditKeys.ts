import { createHash, createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';

/** The platform's own key: signs heads, and hashes what must be compared but not read. */
export type AuditKeys = {
  /** First 16 hex digits of the SHA-256 of `publicKey`. */
  readonly keyId: string;
  /** Ed25519, SPKI DER as base64. */
  readonly publicKey: string;
  /** Ed25519 signature of a text, base64. */
  sign(text: string): string;
  /** HMAC-SHA-256 of a text under a key derived from the private one, hex: equal texts, equal hashes, and nobody else can try texts out. */
  keyedHash(text: string): string;
};

const keyFile = 'audit-key.pem';

/** The key of a data folder, made at its first start and readable by its owner only. Throws when the file is there but no Ed25519 key. */
export function openAuditKeys(folder: string): AuditKeys {
  const file = path.join(folder, keyFile);
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileAtomic.sync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  }
  // Also when it was copied back by hand: whoever reads this file can sign a forged past.
  chmodSync(file, 0o600);
  return readKey(file);
}

/** The same for reading an old record: null when the folder has no key, and nothing is made. */
export function readAuditKeys(folder: string): AuditKeys | null {
  const file = path.join(folder, keyFile);
  return existsSync(file) ? readKey(file) : null;
}

/** A key that is forgotten with the process, for tests and for records in memory. */
export function createPassingAuditKeys(): AuditKeys {
  return toAuditKeys(generateKeyPairSync('ed25519').privateKey);
}

/** Whether a text was signed by the holder of a public key; false also for what is no key or no signature. */
export function isSignedBy({ publicKey, text, signature }: { publicKey: string; text: string; signature: string }): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), type: 'spki', format: 'der' });
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

/** The `keyId` of a public key. */
export function keyIdOf(publicKey: string): string {
  return createHash('sha256').update(publicKey).digest('hex').slice(0, 16);
}

function readKey(file: string): AuditKeys {
  try {
    return toAuditKeys(createPrivateKey(readFileSync(file)));
  } catch (error) {
    throw new Error(`${file} is no Ed25519 key. Put it back from a backup: with another key, heads that desks kept cannot be checked.`, {
      cause: error,
    });
  }
}

function toAuditKeys(privateKey: KeyObject): AuditKeys {
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error(`${keyFile} is not an Ed25519 key`);
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64');
  const secret = createHash('sha256')
    .update('commandwall keyed hash')
    .update(privateKey.export({ type: 'pkcs8', format: 'der' }))
    .digest();
  return {
    keyId: keyIdOf(publicKey),
    publicKey,
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64'),
    keyedHash: (text) => createHmac('sha256', secret).update(text).digest('hex'),
  };
}

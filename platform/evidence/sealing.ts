import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** A key of AES-256. */
export type SealKey = Buffer;

// NIST SP 800-38D: 96 random bits are enough for one message under each key, and for 2^32 under the key that wraps.
const nonceBytes = 12;
const tagBytes = 16;

/** A fresh key. */
export function newKey(): SealKey {
  return randomBytes(32);
}

/** AES-256-GCM: nonce, ciphertext, tag. `about` is bound to it: what was sealed under one name opens under no other. */
export function seal({ key, about, bytes }: { key: SealKey; about: string; bytes: Uint8Array }): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about));
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/** The bytes again. Throws when key, name or bytes are not those of the sealing. */
export function unseal({ key, about, bytes }: { key: SealKey; about: string; bytes: Uint8Array }): Buffer {
  if (bytes.length < nonceBytes + tagBytes) throw new Error('too short to be sealed');
  const end = bytes.length - tagBytes;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes)).setAAD(Buffer.from(about));
  decipher.setAuthTag(bytes.subarray(end));
  return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, end)), decipher.final()]);
}

import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { ParticularsReference } from '#contract/record/index.ts';

/** What texts that may name people are referred to by: random references, and hashes that only the holder of the key can compute. */
export type ParticularsKeys = {
  newReference(): ParticularsReference;
  /** HMAC-SHA-256, lower-case hex. */
  keyedHash(text: string): string;
};

const keyFile = 'particulars.key';

/** The key of a data folder, made at its first start, readable by its owner only and never in the database. Throws when the file is no key. */
export function openParticularsKeys(folder: string): ParticularsKeys {
  const file = path.join(folder, keyFile);
  if (!existsSync(file)) writeFileAtomic.sync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
  const text = readFileSync(file, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/.test(text)) {
    throw new Error(`${file} is no key of 64 hex digits. Put it back from a backup: with another one, no text fits the hash in its fact.`);
  }
  return keysOf(Buffer.from(text, 'hex'));
}

/** A key that is forgotten with the process, for tests and for records in memory. */
export function createPassingParticularsKeys(): ParticularsKeys {
  return keysOf(randomBytes(32));
}

function keysOf(key: Buffer): ParticularsKeys {
  return {
    newReference: () => ParticularsReference.parse(randomUUID()),
    keyedHash: (text) => createHmac('sha256', key).update(text).digest('hex'),
  };
}

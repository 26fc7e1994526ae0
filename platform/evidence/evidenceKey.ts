import { chmodSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { newKey, type SealKey } from './sealing.ts';

const keyFile = 'evidence.key';

/**
 * The key under which the keys of all kept pictures lie, made at a data folder's first start, readable by its owner only. Throws when the
 * file is no key.
 */
export function openEvidenceKey(folder: string): SealKey {
  const file = path.join(folder, keyFile);
  if (!existsSync(file)) writeFileAtomic.sync(file, `${newKey().toString('hex')}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
  const text = readFileSync(file, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/.test(text)) {
    throw new Error(`${file} is no key of 64 hex digits. Put it back from a backup: with another one, no kept picture can be opened.`);
  }
  return Buffer.from(text, 'hex');
}

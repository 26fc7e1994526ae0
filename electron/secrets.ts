import path from 'node:path';
import { createFileSecrets, type Secrets } from '#main/shell/index.ts';
import type { ElectronParts } from './electronParts.ts';

export type SafeSecretsPorts = {
  readonly safeStorage: ElectronParts['safeStorage'];
  /** Where the sealed values are kept; exists. */
  readonly folder: string;
  readonly platform: NodeJS.Platform;
};

/** Secrets sealed by the system's key ring; where there is none, only in memory, which every screen says. */
export function createSafeSecrets({ safeStorage, folder, platform }: SafeSecretsPorts): Secrets {
  if (!hasKeyRing({ safeStorage, platform })) return createMemorySecrets();
  const sealing = {
    seal: (value: string) => safeStorage.encryptString(value).toString('base64'),
    unseal: (sealed: string) => safeStorage.decryptString(Buffer.from(sealed, 'base64')),
  };
  return createFileSecrets({ file: path.join(folder, 'sealedSecrets.json'), sealing });
}

/** Without a desktop key ring Electron on Linux "encrypts" with a password that is written in its source (`basic_text`). */
function hasKeyRing({ safeStorage, platform }: Pick<SafeSecretsPorts, 'safeStorage' | 'platform'>): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  if (platform !== 'linux') return true;
  const backend = safeStorage.getSelectedStorageBackend();
  return backend !== 'basic_text' && backend !== 'unknown';
}

function createMemorySecrets(): Secrets {
  const values = new Map<string, string>();
  return {
    isPersistent: false,
    read: async (name) => values.get(name) ?? null,
    write: async (name, value) => void values.set(name, value),
  };
}

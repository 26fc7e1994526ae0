import type { X509Certificate } from 'node:crypto';
import type { PlatformTrust } from '#contract/bridge/index.ts';
import type { LinkLog } from '#contract/link/index.ts';
import type { Clock } from '#contract/values/index.ts';
import { inspectPlatform } from './inspectPlatform.ts';
import { openPlatformTrust, type PlatformTrustStore } from './platformTrust.ts';

/** Whom a room believes, also in its windows: they are told before the first of them opens, and again when somebody decides. */
export async function openRoomTrust(options: {
  shell: { trustPlatform(authority: X509Certificate | null): Promise<void> };
  platformUrl: string;
  platformAuthority?: string | null;
  file: string;
  clock: Clock;
  log: LinkLog;
  onChange: (trust: PlatformTrust) => void;
}): Promise<PlatformTrustStore> {
  const { shell, platformAuthority = null, log } = options;
  const trust = await openPlatformTrust({
    ...options,
    handedOver: platformAuthority,
    inspect: inspectPlatform,
    onPinned: (authority) =>
      void shell
        .trustPlatform(authority)
        .catch((error: unknown) => log.error({ err: error }, 'windows cannot be told whom to believe: they show no pictures')),
  });
  await shell.trustPlatform(trust.pinned());
  return trust;
}

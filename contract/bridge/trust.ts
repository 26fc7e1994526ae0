import { z } from 'zod';
import { EpochMs } from '#contract/values/index.ts';

/** SHA-256 of a certificate as people compare it: 32 pairs of hexadecimal digits with colons. */
export const Fingerprint = z.string().regex(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/);

/** What a platform shows of itself: its own certificate's time and names, and who signed it. */
export const ShownCertificate = z.strictObject({
  names: z.string().max(2_000),
  authority: z.string().max(200),
  fingerprint: Fingerprint,
  validFromMs: EpochMs,
  validToMs: EpochMs,
});
export type ShownCertificate = z.infer<typeof ShownCertificate>;

/**
 * Why a certificate is not believed. `otherAuthority`: not signed by the one that this desk trusts. `deskClock`: this desk's clock stands before a time
 * that it has already seen, so its dates say nothing.
 */
export const TrustProblem = z.enum(['otherAuthority', 'expired', 'notYetValid', 'otherName', 'deskClock']);
export type TrustProblem = z.infer<typeof TrustProblem>;

/** Whether this desk believes the platform to be the platform. Times of this machine's clock. */
export const PlatformTrust = z.discriminatedUnion('kind', [
  /** Nothing is encrypted: the platform is on this machine, or somebody said so at its start. */
  z.strictObject({ kind: z.literal('plain') }),
  z.strictObject({ kind: z.literal('trusted'), authorityFingerprint: Fingerprint }),
  /** Nobody has said yet whom to believe; `shown` null = the platform has not answered yet. Nothing is sent. */
  z.strictObject({ kind: z.literal('unknown'), shown: ShownCertificate.nullable() }),
  /** What is shown is not believed. Nothing is sent. */
  z.strictObject({
    kind: z.literal('refused'),
    problem: TrustProblem,
    shown: ShownCertificate,
    trustedFingerprint: Fingerprint,
    sinceMs: EpochMs,
  }),
]);
export type PlatformTrust = z.infer<typeof PlatformTrust>;

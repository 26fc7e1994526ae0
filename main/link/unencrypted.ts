import type { TrustedLine } from '#main/trust/index.ts';

/** A line over which nothing is encrypted, so that nobody has to be believed. */
export const unencrypted: TrustedLine = { believed: () => ({ kind: 'plain' }), reached: () => {}, failed: () => {} };

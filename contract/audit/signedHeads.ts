import { z } from 'zod';
import { Position } from '#contract/record/index.ts';
import { CountyId, EpochMs, Sha256Hex } from '#contract/values/index.ts';

/** How often the heads of all feeds are signed and sent, and how long desks and platform keep them (protocol.md, "Facts and feeds"). */
export const signedHeadsLimits = { everyMs: 60_000, keptDays: 30 } as const;

/**
 * Where all feeds of the county ended at `atMs`, signed by the platform. The heads that the desk may read are clear. `seal` commits to
 * the heads of *all* feeds with a key that never leaves the platform's folder: it looks random, so nobody learns from it whether a
 * feed that he may not read has moved, or how many there are; `npm run verify-audit` opens it with the platform's own list.
 */
export const SignedHeads = z.strictObject({
  atMs: EpochMs,
  countyId: CountyId,
  /** First 16 hex digits of the SHA-256 of `publicKey`. */
  keyId: z.string().regex(/^[0-9a-f]{16}$/),
  /** Ed25519 (RFC 8032), SPKI DER as base64. */
  publicKey: z.base64().max(128),
  heads: z.array(Position).max(256),
  seal: Sha256Hex,
  /** Ed25519 over `signedText`, base64. */
  signature: z.base64().max(128),
});
export type SignedHeads = z.infer<typeof SignedHeads>;

/** The exact text that is signed. */
export function signedText({ atMs, countyId, keyId, heads, seal }: Omit<SignedHeads, 'publicKey' | 'signature'>): string {
  return JSON.stringify(['commandwall heads', atMs, countyId, keyId, heads.map(placeOf), seal]);
}

/** The exact text that is sealed: the heads of all feeds, in the order of their names. */
export function sealedText({ atMs, heads }: { atMs: number; heads: readonly Position[] }): string {
  const inOrder = heads.toSorted((a, b) => (a.feed < b.feed ? -1 : a.feed > b.feed ? 1 : a.epoch < b.epoch ? -1 : 1));
  return JSON.stringify(['commandwall all heads', atMs, inOrder.map(placeOf)]);
}

function placeOf({ feed, epoch, seq, hash }: Position) {
  return [feed, epoch, seq, hash];
}

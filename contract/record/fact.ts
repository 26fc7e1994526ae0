import { z } from 'zod';
import { CommandId, CountyId, EpochMs, type Sha256, Sha256Hex } from '#contract/values/index.ts';
import { FeedName } from './feed.ts';

/** Who caused a fact: an opaque `person/<id>`, `device/<deskId>` or `system/<part>`. Never a name: facts hold no personal data. */
export const Actor = z
  .string()
  .regex(/^(person|device|system)\/[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
  .brand<'Actor'>();
export type Actor = z.infer<typeof Actor>;

/** What a fact is about: `<kind>/<id>`, e.g. `camera/al-0007`. */
export const Subject = z.string().regex(/^[a-z]+\/[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);

/** A fact's payload is at most this long: 64 KiB messages must hold it with its envelope. Unit: UTF-16 units of JSON text. */
export const maxPayloadLength = 32_768;

/**
 * What happened, once, for ever. `payload` is the exact JSON text that was hashed: it is never parsed and written again.
 * `v` is the version of the type's payload shape (contract/catalogue lifts old ones).
 */
export const Fact = z.strictObject({
  countyId: CountyId,
  type: z.string().regex(/^[a-z]+\.[a-zA-Z]+$/),
  v: z.int().min(1).max(1000),
  atMs: EpochMs,
  actor: Actor,
  commandId: CommandId.nullable(),
  subject: Subject,
  payload: z.string().min(2).max(maxPayloadLength),
});
export type Fact = z.infer<typeof Fact>;

/** Where a reader is in a feed. The platform resumes from it only if its own row at `seq` has this `hash`. `seq` 0 = before the first. */
export const Position = z.strictObject({
  feed: FeedName,
  epoch: z.string().min(1).max(64),
  seq: z.int().min(0),
  hash: Sha256Hex,
});
export type Position = z.infer<typeof Position>;

/** A fact at its place in one feed: `seq` is gapless from 1 over all epochs, `hash` chains over everything before it. */
export const FeedFact = z.strictObject({ ...Position.shape, seq: z.int().min(1), fact: Fact });
export type FeedFact = z.infer<typeof FeedFact>;

/** The hash before a feed's first fact of an epoch. Bound to feed and epoch, so that a chain cannot be passed off as another one. */
export function genesisHash({ feed, epoch, sha256 }: { feed: FeedName; epoch: string; sha256: Sha256 }): string {
  return sha256(JSON.stringify(['commandwall feed', feed, epoch]));
}

/**
 * The hash with which a feed goes on in a new epoch: its seq stays, and the new chain hangs on the last place that is kept of the old one.
 * Whoever has a place that was lost in between finds another epoch and takes a snapshot.
 */
export function epochStartHash({ after, epoch, sha256 }: { after: Position; epoch: string; sha256: Sha256 }): string {
  return sha256(JSON.stringify(['commandwall feed goes on', after.feed, epoch, after.epoch, after.seq, after.hash]));
}

/** The next link of a feed's chain: SHA-256 over the previous hash, the place, and every field of the fact, payload byte for byte. */
export function chainHash({ prevHash, seq, fact, sha256 }: { prevHash: string; seq: number; fact: Fact; sha256: Sha256 }): string {
  const { countyId, type, v, atMs, actor, commandId, subject, payload } = fact;
  return sha256(JSON.stringify([prevHash, seq, countyId, type, v, atMs, actor, commandId, subject, payload]));
}

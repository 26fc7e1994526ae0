import { z } from 'zod';
import { EpochMs, safeText, Sha256Hex } from '#contract/values/index.ts';

/** Kinds of text that may name people. Each has its own time after which it is erased by itself (platform/record/particulars). */
export const ParticularsKind = z.enum(['cameraNote']);
export type ParticularsKind = z.infer<typeof ParticularsKind>;

/** Names one such text: a random UUID, which tells nothing of what it says or when it was written. */
export const ParticularsReference = z.uuid().brand<'ParticularsReference'>();
export type ParticularsReference = z.infer<typeof ParticularsReference>;

/**
 * What a fact holds in place of the text. `hash` is an HMAC-SHA-256 under a key that no database and no desk has: whoever holds the text and
 * the key can prove that it is the one, nobody else can try texts out.
 */
export const ParticularsLink = z.strictObject({ reference: ParticularsReference, hash: Sha256Hex });
export type ParticularsLink = z.infer<typeof ParticularsLink>;

/** A note beside a report, as it is typed. Unit of its length: UTF-16 units. */
export const Note = safeText({ maxLength: 500 });

/** Why somebody opens such a text; kept with his name. Codes, because a purpose in words could name people too. */
export const ParticularsPurpose = z.enum(['maintenance', 'incident', 'verification', 'subjectRequest']);
export type ParticularsPurpose = z.infer<typeof ParticularsPurpose>;

/** Why a text was erased: somebody asked for it, it should not have been written, or its time was over. */
export const ErasureReason = z.enum(['request', 'mistake', 'retention']);
export type ErasureReason = z.infer<typeof ErasureReason>;

/** `record.openParticulars`: asks for one text. Each answer with a text is a fact of the audit feed first. */
export const OpenParticulars = z.strictObject({
  type: z.literal('record.openParticulars'),
  reference: ParticularsReference,
  purpose: ParticularsPurpose,
});
export type OpenParticulars = z.infer<typeof OpenParticulars>;

/** The answer: the text, or that it is gone, since when and why. */
export const ParticularsOpened = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: z.string().max(500), createdAtMs: EpochMs }),
  z.strictObject({ kind: z.literal('erased'), erasedAtMs: EpochMs, reason: ErasureReason }),
]);
export type ParticularsOpened = z.infer<typeof ParticularsOpened>;

/** `record.eraseParticulars`: the text goes for good, from the database and from every backup that is restored after. */
export const EraseParticulars = z.strictObject({
  type: z.literal('record.eraseParticulars'),
  reference: ParticularsReference,
  reason: ErasureReason.exclude(['retention']),
});
export type EraseParticulars = z.infer<typeof EraseParticulars>;

/** Why such a text is not told or not erased; texts under `room:refusals`. A foreign one and none at all are the same. */
export type ParticularsRefusalCode = 'record.unknownParticulars' | 'record.alreadyErased' | 'access.notAllowed';

/** Payloads of the record's own facts. The tombstone stays in the feeds that hold the reference; its subject is that of the text. */
export const recordFacts = {
  'record.particularsErased': z.strictObject({ reference: ParticularsReference, reason: ErasureReason }),
} as const;

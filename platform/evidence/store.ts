import type { EvidenceId } from '#contract/evidence/index.ts';
import type { Actor } from '#contract/record/index.ts';

/** A picture (or whatever is kept as one) as it is put into the store: bytes as they are to be given back. */
export type KeptBytes = { readonly evidenceId: EvidenceId; readonly owner: Actor; readonly bytes: Uint8Array };

/**
 * Where kept pictures lie, each encrypted under a key of its own: a port. It knows who owns a picture and nothing else of it; what is kept,
 * why and until when is on the record. Nothing of it may be read without the platform's own key.
 */
export type EvidenceStore = {
  /** Resolves when it is on the disk. Rejects when it is not, and then nothing of it is left; with `EvidenceDiskFull` where there is no room. */
  put(kept: KeptBytes): Promise<void>;
  /** The bytes as they were put; null when there are none of this name. Rejects when they are not what was put. */
  open(evidenceId: EvidenceId): Promise<Uint8Array | null>;
  /** Destroys the key, then the file; resolves when both are off the disk. What is not there is erased already. */
  erase(evidenceId: EvidenceId): Promise<void>;
  /** What there is, in no order; of one owner where he is named. Whatever a crash has left half written is in it too, with no owner. */
  list(owner?: Actor): Promise<readonly { readonly evidenceId: EvidenceId; readonly owner: Actor | null }[]>;
};

/** There is no room for another picture: what is left of the disk is for the record. */
export class EvidenceDiskFull extends Error {
  override readonly name = 'EvidenceDiskFull';
}

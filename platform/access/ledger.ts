import type { Actor } from '#contract/record/index.ts';
import type { Result } from '#contract/values/index.ts';
import type { AccessChange, FactDraft } from '../record/index.ts';

/** A change among accounts, sessions or workstations, with the facts of the audit feed that tell it. */
export type LedgerEntry = { readonly actor: Actor; readonly facts: readonly FactDraft[]; readonly change: AccessChange };

/** Where access writes. Nothing here is done that the audit cannot write down (safety.md, "Pictures and privacy"). */
export type AccessLedger = {
  /** Change and facts in one transaction: both or neither, with `bus.notRecorded`. Never rejects. */
  keep(entry: LedgerEntry): Promise<Result<unknown>>;
  /** What has already ended, whether it can be written down now or only later. Resolves when that was tried; never rejects. */
  keepEnd(entry: LedgerEntry): Promise<void>;
  /** Whether something could be written now. Tries, when it could not be a moment ago. */
  isWritable(): Promise<boolean>;
  /** A log-in, or an old password, that was refused. False when that could not be written down: then it is not even answered as wrong. */
  loginRefused(refused: { account: string; code: string }): Promise<boolean>;
};

/** Who a fact about a person is told by when he did it himself. */
export function personActorName(personId: string): Actor {
  return `person/${personId}` as Actor;
}

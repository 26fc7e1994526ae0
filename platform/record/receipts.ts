import type { Clock, CommandId, DeskId } from '#contract/values/index.ts';
import { refused } from '#contract/values/index.ts';
import type { Log } from '../ports.ts';
import type { DeskSettled, Receipt, RecordStore } from './store.ts';
import { receiptLifetimeMs } from './retention.ts';
import type { Outcome } from './writer.ts';

/** What makes a command the same command: its id, and a hash over who asked what. `deskSeq` counts the desk's commands. */
export type ReceiptKey = { readonly commandId: CommandId; readonly bodyHash: string; readonly deskId: DeskId; readonly deskSeq: number };

const dropEveryMs = 60 * 60 * 1000;

/** Replies that were given, and how far each desk is settled; one batch at a time. */
export type ReceiptDesk = {
  /** Starts a batch: reads what was answered to these ids before. */
  begin(commandIds: readonly CommandId[]): Promise<void>;
  /** The reply that this command already has (or why it may not run); null = it must be decided. */
  answered(key: ReceiptKey): Outcome | null;
  keep(key: ReceiptKey, outcome: Outcome): void;
  shippedSeqOf(deskId: DeskId): number;
  keepShipped(deskId: DeskId, shippedSeq: number): void;
  /** What the batch adds, for its transaction. */
  pending(): { receipts: readonly Receipt[]; settled: readonly DeskSettled[] };
  /** The batch is on disk. */
  settle(): void;
  /** The batch came to nothing. */
  abandon(): void;
};

export async function openReceiptDesk({ store, clock, log }: { store: RecordStore; clock: Clock; log: Log }): Promise<ReceiptDesk> {
  const settledDesks = new Map((await store.readSettled()).map((settled) => [settled.deskId, settled]));
  const earlier = new Map<CommandId, Receipt>();
  const added = new Map<CommandId, Receipt>();
  const moved = new Map<DeskId, DeskSettled>();
  let droppedAtMs = Number.NEGATIVE_INFINITY;

  const settledOf = (deskId: DeskId) => moved.get(deskId) ?? settledDesks.get(deskId) ?? { deskId, commandSeq: 0, shippedSeq: 0 };

  function forgetOld(): void {
    const nowMs = clock.nowMs();
    if (nowMs - droppedAtMs < dropEveryMs) return;
    droppedAtMs = nowMs;
    store.dropReceipts(nowMs - receiptLifetimeMs).catch((error: unknown) => log.warn({ err: error }, 'old receipts stay for now'));
  }

  function clear(): void {
    for (const batch of [earlier, added, moved]) batch.clear();
  }

  return {
    async begin(commandIds) {
      if (commandIds.length === 0) return;
      for (const receipt of await store.readReceipts(commandIds)) earlier.set(receipt.commandId, receipt);
    },
    answered(key) {
      const receipt = added.get(key.commandId) ?? earlier.get(key.commandId);
      if (receipt !== undefined) {
        if (receipt.bodyHash === key.bodyHash) return JSON.parse(receipt.reply) as Outcome;
        log.warn({ commandId: key.commandId, deskId: key.deskId }, 'a command id came again with another body; refused');
        return refused('bus.commandReused');
      }
      return key.deskSeq <= settledOf(key.deskId).commandSeq ? refused('bus.receiptExpired') : null;
    },
    keep(key, outcome) {
      const { commandId, bodyHash, deskId, deskSeq } = key;
      added.set(commandId, { commandId, bodyHash, deskId, reply: JSON.stringify(outcome), atMs: clock.nowMs() });
      moved.set(deskId, { ...settledOf(deskId), commandSeq: deskSeq });
    },
    shippedSeqOf: (deskId) => settledOf(deskId).shippedSeq,
    keepShipped: (deskId, shippedSeq) => void moved.set(deskId, { ...settledOf(deskId), shippedSeq }),
    pending: () => ({ receipts: [...added.values()], settled: [...moved.values()] }),
    settle() {
      for (const settled of moved.values()) settledDesks.set(settled.deskId, settled);
      clear();
      forgetOld();
    },
    abandon: clear,
  };
}

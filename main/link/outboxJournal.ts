import type { OutboxJournal } from '#contract/link/index.ts';
import type { JournalFile } from '#main/storage/index.ts';

/** The outbox on disk. */
export function createOutboxJournal(journal: JournalFile): OutboxJournal {
  return {
    load: () => journal.load(),
    append: (record) => journal.append([record]),
    rewrite: (records) => journal.rewrite(records),
  };
}

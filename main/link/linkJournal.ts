import type { JournalFile } from '#main/storage/index.ts';

/** A journal of the link on disk: the outbox, or which commands were done. */
export function createLinkJournal<Entry extends object>(journal: JournalFile) {
  return {
    load: () => journal.load(),
    append: (record: Entry) => journal.append([record]),
    rewrite: (records: readonly Entry[]) => journal.rewrite(records),
  };
}

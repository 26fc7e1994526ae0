import { type CountyId } from '#contract/values/index.ts';
import { auditFeed, countyFeed, type FeedName } from '#contract/record/index.ts';
import type { Log } from '../../ports.ts';
import { readThroughEpochs } from '../history.ts';
import { sha256 } from '../sha256.ts';
import type { Batch, DirectoryRow, RecordStore } from '../store.ts';
import type { ReadModelChange } from './changes.ts';
import { documentOfRow } from './rowDocuments.ts';
import { registerChanges } from './registerChanges.ts';

/** Raised when the same facts would make other rows: then everything is worked out anew at the next start. */
export const readModelVersion = '3';

/** What makes directory rows findable; the tokens are the search's own. */
export type DocumentsOf = (rows: readonly DirectoryRow[]) => ReadModelChange['documents'];

const chunkSize = 1_000;

/** What a batch does to the read models. */
export function readModelsOf({ documentsOf }: { documentsOf: DocumentsOf }) {
  return ({ facts, directory }: Pick<Batch, 'facts' | 'directory'>): ReadModelChange => {
    const registers = facts.flatMap(registerChanges);
    const rows = directory === null ? [] : documentsOf(directory.rows);
    return { registers, documents: [...rows, ...registers.flatMap(documentOfRow)] };
  };
}

/**
 * Works registers and search out anew from facts and directory, unless they are of this version. An interrupted rebuild begins again.
 * Before anything is written or asked; answers whether there was anything to do.
 */
export async function rebuildReadModels(ports: {
  store: RecordStore;
  countyId: CountyId;
  documentsOf: DocumentsOf;
  log: Pick<Log, 'info'>;
}): Promise<'kept' | 'rebuilt'> {
  const { store, countyId, documentsOf, log } = ports;
  const version = sha256(JSON.stringify([readModelVersion, await store.epoch()]));
  if ((await store.readModelVersion()) === version) return 'kept';
  await store.dropReadModels();
  let facts = 0;
  for (const feed of [auditFeed(countyId), countyFeed(countyId)]) facts += await addFeed({ store, feed });
  const { rows } = await store.readDirectory();
  for (let at = 0; at < rows.length; at += chunkSize) {
    await store.addToReadModels({ registers: [], documents: documentsOf(rows.slice(at, at + chunkSize)) });
  }
  await store.keepReadModels(version);
  log.info({ facts, rows: rows.length }, 'registers and search were worked out from the record');
  return 'rebuilt';
}

async function addFeed({ store, feed }: { store: RecordStore; feed: FeedName }): Promise<number> {
  const epoch = await store.epoch();
  for (let afterSeq = 0; ; ) {
    const facts = await readThroughEpochs({ store, feed, epoch, afterSeq, limit: chunkSize });
    const registers = facts.flatMap(({ fact, seq }) => registerChanges({ fact, places: [{ feed, seq }] }));
    await store.addToReadModels({ registers, documents: registers.flatMap(documentOfRow) });
    const last = facts.at(-1);
    if (last === undefined) return afterSeq;
    afterSeq = last.seq;
  }
}

import type { FeedFact, FeedName, Position } from '#contract/record/index.ts';
import type { Batch, DirectoryRow, RecordStore, SourceRow, StoredCounty } from './store.ts';

/** The in-memory twin of the SQLite store, for tests and for throw-away platforms. Gone with the process. */
export function createMemoryStore({ epoch }: { epoch: string }): RecordStore {
  const kept = emptyShelves();
  let isClosed = false;

  /** Answers like a database would: later, and with copies of nothing (rows are read-only by type). */
  async function answer<Value>(read: () => Value): Promise<Value> {
    await Promise.resolve();
    if (isClosed) throw new Error('the store is closed');
    return read();
  }

  return {
    epoch: () => answer(() => epoch),
    readCounty: () => answer(() => kept.county),
    writeCounty: (county) => answer(() => void (kept.county = county)),
    commit: (batch) => answer(() => commit(kept, batch)),
    heads: () => answer(() => [...kept.feeds.values()].flatMap((facts) => facts.slice(-1).map(toPosition))),
    hashAt: ({ feed, epoch: asked, seq }) => answer(() => factsOf(kept, { feed, epoch: asked })[seq - 1]?.hash ?? null),
    readFacts: ({ feed, epoch: asked, afterSeq, limit }) =>
      answer(() => factsOf(kept, { feed, epoch: asked }).slice(afterSeq, afterSeq + limit)),
    readReceipts: (ids) => answer(() => ids.flatMap((id) => kept.receipts.get(id) ?? [])),
    dropReceipts: (beforeMs) =>
      answer(() => {
        for (const [id, receipt] of kept.receipts) if (receipt.atMs < beforeMs) kept.receipts.delete(id);
      }),
    readSettled: () => answer(() => [...kept.settled.values()]),
    readDirectory: () => answer(() => ({ ...kept.directory, rows: [...kept.rows.values()] })),
    readSources: () => answer(() => kept.sources),
    readPeople: () => answer(() => [...kept.people.values()]),
    writePerson: (person) =>
      answer(() => {
        const holder = [...kept.people.values()].find(({ account }) => account === person.account);
        if (holder !== undefined && holder.personId !== person.personId) throw new Error(`account ${person.account} is taken`);
        kept.people.set(person.personId, person);
      }),
    readSessions: () => answer(() => [...kept.sessions.values()]),
    writeSession: (session) => answer(() => void kept.sessions.set(session.tokenHash, session)),
    dropSessions: (hashes) =>
      answer(() => {
        for (const hash of hashes) kept.sessions.delete(hash);
      }),
    readDevices: () => answer(() => [...kept.devices.values()]),
    writeDevice: (device) => answer(() => void kept.devices.set(device.deskId, device)),
    close: async () => {
      isClosed = true;
    },
  };
}

type Rows<Name extends keyof RecordStore> = Awaited<ReturnType<RecordStore[Name]>> extends readonly (infer Row)[] ? Row : never;

function emptyShelves() {
  return {
    county: null as StoredCounty | null,
    feeds: new Map<FeedName, FeedFact[]>(),
    receipts: new Map<string, Rows<'readReceipts'>>(),
    settled: new Map<string, Rows<'readSettled'>>(),
    directory: { revision: 0, contentHash: null as string | null },
    rows: new Map<string, DirectoryRow>(),
    sources: [] as readonly SourceRow[],
    people: new Map<string, Rows<'readPeople'>>(),
    sessions: new Map<string, Rows<'readSessions'>>(),
    devices: new Map<string, Rows<'readDevices'>>(),
  };
}
type Shelves = ReturnType<typeof emptyShelves>;

function factsOf(kept: Shelves, { feed, epoch }: { feed: FeedName; epoch: string }): readonly FeedFact[] {
  const facts = kept.feeds.get(feed) ?? [];
  return facts[0]?.epoch === epoch ? facts : [];
}

function toPosition({ feed, epoch, seq, hash }: FeedFact): Position {
  return { feed, epoch, seq, hash };
}

function commit(kept: Shelves, batch: Batch): void {
  // Checked first: a batch that does not fit must leave nothing behind.
  const added = new Map<FeedName, FeedFact[]>();
  for (const { fact, places } of batch.facts) {
    for (const { prevHash: _, ...place } of places) {
      const facts = added.get(place.feed) ?? [];
      const last = (kept.feeds.get(place.feed)?.length ?? 0) + facts.length;
      if (place.seq !== last + 1) throw new Error(`${place.feed} seq ${place.seq} does not follow ${last}`);
      facts.push({ ...place, fact });
      added.set(place.feed, facts);
    }
  }
  if (batch.receipts.some(({ commandId }) => kept.receipts.has(commandId))) throw new Error('a receipt with this id exists');
  for (const [feed, facts] of added) {
    const held = kept.feeds.get(feed) ?? [];
    for (const fact of facts) held.push(fact);
    kept.feeds.set(feed, held);
  }
  for (const receipt of batch.receipts) kept.receipts.set(receipt.commandId, receipt);
  for (const settled of batch.settled) kept.settled.set(settled.deskId, settled);
  if (batch.directory === null) return;
  const { revision, contentHash, rows, sources, sourcesOf } = batch.directory;
  kept.directory = { revision, contentHash };
  for (const row of rows) kept.rows.set(`${row.kind}/${row.id}`, row);
  kept.sources = [...kept.sources.filter(({ cameraId }) => !sourcesOf.includes(cameraId)), ...sources];
}

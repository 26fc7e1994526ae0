import type { FeedFact, FeedName, Position } from '#contract/record/index.ts';
import type { Batch, DirectoryRow, EpochStart, RecordStore, SourceRow, StoredCounty, StoredSnapshot } from './store.ts';

/** The in-memory twin of the SQLite store, for tests and for throw-away platforms. Gone with the process. */
export function createMemoryStore({ epoch }: { epoch: string }): RecordStore {
  const kept = emptyShelves(epoch);
  let isClosed = false;

  /** Answers like a database would: later, and with copies of nothing (rows are read-only by type). */
  async function answer<Value>(read: () => Value): Promise<Value> {
    await Promise.resolve();
    if (isClosed) throw new Error('the store is closed');
    return read();
  }

  return {
    epoch: () => answer(() => kept.epoch),
    readCounty: () => answer(() => kept.county),
    writeCounty: (county) => answer(() => void (kept.county = county)),
    commit: (batch) => answer(() => commit(kept, batch)),
    heads: () => answer(() => [...kept.feeds.values()].flatMap(headOf)),
    hashAt: ({ seq, ...place }) =>
      answer(() => {
        const part = kept.feeds.get(partKey(place));
        if (part?.start?.position.seq === seq) return part.start.position.hash;
        return part?.facts[seq - (part.start?.position.seq ?? 0) - 1]?.hash ?? null;
      }),
    readFacts: ({ afterSeq, limit, ...place }) =>
      answer(() => {
        const part = kept.feeds.get(partKey(place));
        const skipped = Math.max(0, afterSeq - (part?.start?.position.seq ?? 0));
        return part?.facts.slice(skipped, skipped + limit) ?? [];
      }),
    writeSnapshot: (snapshot) =>
      answer(() => {
        const others = kept.snapshots.filter(({ position }) => !isSamePlace(position, snapshot.position));
        kept.snapshots = [...others, snapshot];
      }),
    readSnapshot: ({ feed, epoch: asked, upToSeq, upToMs }) =>
      answer(() => {
        const own = kept.snapshots.filter(({ position }) => position.feed === feed && position.epoch === asked);
        const early = own.filter(({ position, atMs }) => position.seq <= upToSeq && atMs <= upToMs);
        return early.toSorted((a, b) => b.position.seq - a.position.seq)[0] ?? null;
      }),
    beginEpoch: (next) =>
      answer(() => {
        kept.epoch = next.epoch;
        for (const start of next.starts) kept.feeds.set(partKey(start.position), { start, facts: [] });
      }),
    readEpochStart: (asked) => answer(() => kept.feeds.get(partKey(asked))?.start ?? null),
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

/** A feed in one epoch: where it went on from (null = begun in it) and its facts since. */
type FeedPart = { readonly start: EpochStart | null; readonly facts: FeedFact[] };

function emptyShelves(epoch: string) {
  return {
    epoch,
    county: null as StoredCounty | null,
    feeds: new Map<string, FeedPart>(),
    snapshots: [] as readonly StoredSnapshot[],
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

function partKey({ feed, epoch }: { feed: FeedName; epoch: string }): string {
  return `${feed} ${epoch}`;
}

function headOf({ start, facts }: FeedPart): readonly Position[] {
  if (facts.length > 0) return facts.slice(-1).map(toPosition);
  return start === null ? [] : [start.position];
}

function isSamePlace(a: Position, b: Position): boolean {
  return a.feed === b.feed && a.epoch === b.epoch && a.seq === b.seq;
}

function toPosition({ feed, epoch, seq, hash }: FeedFact): Position {
  return { feed, epoch, seq, hash };
}

function commit(kept: Shelves, batch: Batch): void {
  // Checked first: a batch that does not fit must leave nothing behind.
  const added = new Map<string, FeedFact[]>();
  for (const { fact, places } of batch.facts) {
    for (const { prevHash: _, ...place } of places) {
      const part = kept.feeds.get(partKey(place));
      const facts = added.get(partKey(place)) ?? [];
      const last = (part === undefined ? 0 : (headOf(part)[0]?.seq ?? 0)) + facts.length;
      if (place.seq !== last + 1) throw new Error(`${place.feed} seq ${place.seq} does not follow ${last}`);
      facts.push({ ...place, fact });
      added.set(partKey(place), facts);
    }
  }
  if (batch.receipts.some(({ commandId }) => kept.receipts.has(commandId))) throw new Error('a receipt with this id exists');
  for (const [key, facts] of added) {
    const part = kept.feeds.get(key) ?? { start: null, facts: [] };
    for (const fact of facts) part.facts.push(fact);
    kept.feeds.set(key, part);
  }
  for (const receipt of batch.receipts) kept.receipts.set(receipt.commandId, receipt);
  for (const settled of batch.settled) kept.settled.set(settled.deskId, settled);
  if (batch.directory === null) return;
  const { revision, contentHash, rows, sources, sourcesOf } = batch.directory;
  kept.directory = { revision, contentHash };
  for (const row of rows) kept.rows.set(`${row.kind}/${row.id}`, row);
  kept.sources = [...kept.sources.filter(({ cameraId }) => !sourcesOf.includes(cameraId)), ...sources];
}

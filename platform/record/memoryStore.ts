import type { FeedFact, FeedName, Position } from '#contract/record/index.ts';
import { createMemoryReadModels } from './readModels/memoryReadModels.ts';
import { versionOf } from './movedOn.ts';
import type {
  AccessChange,
  Batch,
  DirectoryRow,
  EpochStart,
  ParticularsChange,
  ParticularsEntry,
  RecordStore,
  SourceRow,
  StoredCounty,
  StoredParticulars,
  StoredSnapshot,
} from './store.ts';

/** The in-memory twin of the SQLite store, for tests and for throw-away platforms. Gone with the process. */
export function createMemoryStore({ epoch }: { epoch: string }): RecordStore {
  const kept = emptyShelves(epoch);
  const models = createMemoryReadModels(() => kept.rows);
  let isClosed = false;

  /** Answers like a database would: later, and with copies of nothing (rows are read-only by type). */
  async function answer<Value>(read: () => Value): Promise<Value> {
    await Promise.resolve();
    if (isClosed) throw new Error('the store is closed');
    return read();
  }

  return {
    isWritable: () => true,
    epoch: () => answer(() => kept.epoch),
    readCounty: () => answer(() => kept.county),
    writeCounty: (county) => answer(() => void (kept.county = county)),
    commit: (batch) =>
      answer(() => {
        commit(kept, batch);
        if (batch.readModels !== undefined) models.change(batch.readModels);
      }),
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
    snapshotPlaces: () =>
      answer(() => kept.snapshots.map(({ position: { feed, epoch: own, seq }, atMs }) => ({ feed, epoch: own, seq, atMs }))),
    dropSnapshots: (places) =>
      answer(() => {
        kept.snapshots = kept.snapshots.filter(({ position }) => !places.some((place) => isSamePlace(position, place)));
      }),
    beginEpoch: (next) =>
      answer(() => {
        kept.epoch = next.epoch;
        for (const start of next.starts) kept.feeds.set(partKey(start.position), { start, facts: [] });
      }),
    readEpochStart: (asked) => answer(() => kept.feeds.get(partKey(asked))?.start ?? null),
    readReceipts: (ids) => answer(() => ids.flatMap((id) => kept.receipts.get(id) ?? [])),
    isChangedByOthers: ({ subject, version, notBy }) =>
      answer(() => {
        const facts = [...kept.feeds.values()].flatMap((part) => part.facts.map(({ fact }) => fact));
        return facts.some(
          (fact) => fact.subject === subject && fact.actor !== notBy && (versionOf(JSON.parse(fact.payload)) ?? 0) > version,
        );
      }),
    dropReceipts: (beforeMs) =>
      answer(() => {
        for (const [id, receipt] of kept.receipts) if (receipt.atMs < beforeMs) kept.receipts.delete(id);
      }),
    readSettled: () => answer(() => [...kept.settled.values()]),
    readDirectory: () => answer(() => ({ ...kept.directory, rows: [...kept.rows.values()] })),
    readSources: () => answer(() => kept.sources),
    readPeople: () => answer(() => [...kept.people.values()]),
    writePerson: (person) => answer(() => changeAccess(kept, { people: [person] })),
    readSessions: () => answer(() => [...kept.sessions.values()]),
    writeSession: (session) => answer(() => changeAccess(kept, { sessions: [session] })),
    dropSessions: (hashes) => answer(() => changeAccess(kept, { endedSessions: hashes })),
    readDevices: () => answer(() => [...kept.devices.values()]),
    writeDevice: (device) => answer(() => changeAccess(kept, { devices: [device] })),
    readLooking: (asked) => answer(() => models.readLooking(asked)),
    readAudit: (asked) => answer(() => models.readAudit(asked)),
    readFaults: (asked) => answer(() => models.readFaults(asked)),
    firstReportAtMs: () => answer(models.firstReportAtMs),
    readLoads: (asked) => answer(() => models.readLoads(asked)),
    search: (asked) => answer(() => models.search(asked)),
    readModelVersion: () => answer(models.readModelVersion),
    dropReadModels: () => answer(models.dropReadModels),
    addToReadModels: (change) => answer(() => models.change(change)),
    keepReadModels: (version) => answer(() => models.keepReadModels(version)),
    readParticulars: (reference) => answer(() => kept.particulars.get(reference) ?? null),
    listParticulars: () => answer(() => [...kept.particulars.values()].map(({ body: _, ...entry }) => entry).toSorted(byReference)),
    scrub: () => answer(() => true),
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
    particulars: new Map<string, StoredParticulars>(),
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

function isSamePlace(a: Position, b: Omit<Position, 'hash'>): boolean {
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
  refuseTakenAccounts(
    kept,
    (batch.access ?? []).flatMap(({ people = [] }) => people),
  );
  for (const [key, facts] of added) {
    const part = kept.feeds.get(key) ?? { start: null, facts: [] };
    for (const fact of facts) part.facts.push(fact);
    kept.feeds.set(key, part);
  }
  for (const receipt of batch.receipts) kept.receipts.set(receipt.commandId, receipt);
  for (const settled of batch.settled) kept.settled.set(settled.deskId, settled);
  batch.access?.forEach((change) => changeAccess(kept, change));
  changeParticulars(kept, batch.particulars ?? { added: [], erased: [] });
  if (batch.directory === null) return;
  const { revision, contentHash, rows, sources, sourcesOf } = batch.directory;
  kept.directory = { revision, contentHash };
  for (const row of rows) kept.rows.set(`${row.kind}/${row.id}`, row);
  kept.sources = [...kept.sources.filter(({ cameraId }) => !sourcesOf.includes(cameraId)), ...sources];
}

function changeAccess(kept: Shelves, { people = [], sessions = [], endedSessions = [], devices = [] }: AccessChange): void {
  refuseTakenAccounts(kept, people);
  for (const person of people) kept.people.set(person.personId, person);
  for (const session of sessions) kept.sessions.set(session.tokenHash, session);
  for (const hash of endedSessions) kept.sessions.delete(hash);
  for (const device of devices) kept.devices.set(device.deskId, device);
}

function refuseTakenAccounts(kept: Shelves, people: readonly Rows<'readPeople'>[]): void {
  for (const { account, personId } of people) {
    const holder = [...kept.people.values()].find((person) => person.account === account);
    if (holder !== undefined && holder.personId !== personId) throw new Error(`account ${account} is taken`);
  }
}

function changeParticulars({ particulars }: Shelves, { added, erased }: ParticularsChange): void {
  for (const one of added) particulars.set(one.reference, { ...one, erasure: null });
  for (const { reference, ...erasure } of erased) {
    const held = particulars.get(reference);
    if (held?.erasure === null) particulars.set(reference, { ...held, body: null, erasure });
  }
}

function byReference(a: ParticularsEntry, b: ParticularsEntry): number {
  return a.reference < b.reference ? -1 : 1;
}

import { audience, type FactType, newestVersions, type Places } from '#contract/catalogue/index.ts';
import type { Actor, Fact, FeedFact, FeedName } from '#contract/record/index.ts';
import { type Clock, type CountyId, granted, type Refusal, type Result, refused } from '#contract/values/index.ts';
import type { Log } from '../ports.ts';
import type { Draft, Feeds, RecordView } from './feeds.ts';
import { noChange, type ReadModelChange } from './readModels/changes.ts';
import { movedOnTo } from './movedOn.ts';
import { openReceiptDesk, type ReceiptDesk, type ReceiptKey } from './receipts.ts';
import type { AccessChange, Batch, DirectoryChange, ParticularsChange, RecordStore } from './store.ts';

/** A fact before it has its envelope: time, actor and version are the record's. */
export type FactDraft = { readonly type: FactType; readonly subject: string; readonly payload: object };

/** What deciding yields. `published` runs after the commit and before anybody is told, so that reads already see the new state. */
export type Decided = {
  readonly facts: readonly FactDraft[];
  readonly directory?: DirectoryChange;
  readonly access?: AccessChange;
  readonly particulars?: ParticularsChange;
  /** Where cameras are once `directory` is in force: its own facts go to the feeds of then. */
  readonly places?: Places;
  readonly published?: () => void;
};

/** One thing for the writer to decide. `key` is null for what the platform itself records (no receipt, no desk). */
export type Undertaking = {
  readonly key: ReceiptKey | null;
  readonly actor: Actor;
  /** `alone` = in a transaction of its own: what it publishes must be in force before the next command is decided. */
  readonly batch?: 'alone';
  decide(view: RecordView): Result<Decided>;
  /** Version of what it changes, as its person saw it: refused with `bus.entityMovedOn` when somebody else has changed that since. Absent = he saw none. */
  readonly lookedAtVersion?: number | undefined;
  /** The fact that a refusal leaves. It is in the refusal's own transaction: what cannot be audited is not even answered as refused. */
  readonly refusedAs?: (code: string) => FactDraft;
};

/** Finished facts of a workstation that owns them (`ship`): appended in order, never decided. */
export type Shipment = {
  place(draft: Draft, receipts: ReceiptDesk): Promise<Result<number>>;
};

/** How many facts were recorded, or why none. */
export type Outcome = Result<number>;

export type Writer = {
  /** Resolves after the commit (or with the refusal, which has a receipt too). Never rejects. */
  submit(work: Undertaking | Shipment): Promise<Outcome>;
  /** Told after each commit, in order: every fact at each of its places. Returns the unsubscriber. */
  onRecorded(listener: (facts: readonly FeedFact[]) => void): () => void;
  /** Waits for what is queued; what comes later is refused. */
  close(): Promise<void>;
};

type Queued = { readonly work: Undertaking | Shipment; answer(outcome: Outcome): void };

/** A batch is at most this long, so that the first of a flood is not kept waiting for the last. */
const batchLimit = 200;

/**
 * The one writer (protocol.md, "Writing"): decides queued work in order against the state including the batch's earlier facts, writes
 * facts, places, receipts and directory rows in one transaction, and only after the commit publishes and answers. A failed commit
 * refuses every command of its batch with `bus.notRecorded` (`bus.readOnly` from an error of the disk on) and leaves the published state as it was.
 */
export async function openWriter(ports: {
  store: RecordStore;
  feeds: Feeds;
  places: Places;
  countyId: CountyId;
  clock: Clock;
  log: Log;
  /** What registers and search make of a batch, written with it. */
  readModelsOf?: (batch: Pick<Batch, 'facts' | 'directory'>) => ReadModelChange;
}): Promise<Writer> {
  const { readModelsOf = () => noChange } = ports;
  const { store, feeds, clock, log } = ports;
  const receipts = await openReceiptDesk({ store, clock, log });
  const listeners = new Set<(facts: readonly FeedFact[]) => void>();
  const queue: Queued[] = [];
  let running: Promise<void> | null = null;
  let isClosed = false;

  async function run(): Promise<void> {
    while (queue.length > 0) await runBatch(takeBatch(queue));
    running = null;
  }

  async function runBatch(batch: readonly Queued[]): Promise<void> {
    const draft = feeds.draft();
    const decidedAll: Decided[] = [];
    let outcomes: Outcome[] = [];
    try {
      await receipts.begin(batch.flatMap(({ work }) => ('key' in work && work.key !== null ? [work.key.commandId] : [])));
      for (const { work } of batch) {
        const outcome = 'key' in work ? await undertake({ work, draft, receipts, ports, decidedAll }) : await work.place(draft, receipts);
        outcomes.push(outcome);
      }
      const directory = decidedAll.find((decided) => decided.directory !== undefined)?.directory ?? null;
      const access = decidedAll.flatMap((decided) => (decided.access === undefined ? [] : [decided.access]));
      const written = { facts: draft.indexed(), ...receipts.pending(), directory, access, particulars: particularsOf(decidedAll) };
      const isEmpty = written.facts.length + written.receipts.length + written.settled.length + access.length === 0 && directory === null;
      if (!isEmpty) await store.commit({ ...written, readModels: readModelsOf(written) });
    } catch (error) {
      log.error({ err: error, commands: batch.length }, 'a batch could not be recorded; its commands are refused');
      receipts.abandon();
      const code = store.isWritable() ? 'bus.notRecorded' : 'bus.readOnly';
      outcomes = batch.map(() => refused(code));
      answerAll({ batch, outcomes });
      return;
    }
    receipts.settle();
    const facts = feeds.publish(draft);
    for (const { published } of decidedAll) published?.();
    if (facts.length > 0) for (const listener of listeners) listener(facts);
    answerAll({ batch, outcomes });
  }

  return {
    submit(work) {
      if (isClosed) return Promise.resolve(refused('bus.notRecorded'));
      return new Promise((answer) => {
        queue.push({ work, answer });
        // Deferred by a turn, so that commands that arrive together share one transaction and one fsync.
        running ??= Promise.resolve().then(run);
      });
    },
    onRecorded(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      isClosed = true;
      while (running !== null) await running;
    },
  };
}

function particularsOf(decided: readonly Decided[]): ParticularsChange {
  const changes = decided.flatMap(({ particulars }) => (particulars === undefined ? [] : [particulars]));
  return { added: changes.flatMap(({ added }) => added), erased: changes.flatMap(({ erased }) => erased) };
}

/** Takes the next batch off the queue: up to the limit, and never across work that wants to be alone. */
function takeBatch(queue: Queued[]): readonly Queued[] {
  const isAlone = ({ work }: Queued) => 'batch' in work && work.batch === 'alone';
  const end = queue.findIndex((queued, index) => index > 0 && (isAlone(queued) || (queue[0] !== undefined && isAlone(queue[0]))));
  return queue.splice(0, Math.min(end === -1 ? batchLimit : end, batchLimit));
}

function answerAll({ batch, outcomes }: { batch: readonly Queued[]; outcomes: readonly Outcome[] }): void {
  for (const [index, { answer }] of batch.entries()) answer(outcomes[index] ?? refused('bus.notRecorded'));
}

type UndertakePorts = {
  readonly countyId: CountyId;
  readonly clock: Clock;
  readonly places: Places;
  readonly log: Log;
  readonly store: RecordStore;
};

async function undertake({
  work,
  draft,
  receipts,
  ports,
  decidedAll,
}: {
  work: Undertaking;
  draft: Draft;
  receipts: ReceiptDesk;
  ports: UndertakePorts;
  decidedAll: Decided[];
}): Promise<Outcome> {
  const answered = work.key === null ? null : receipts.answered(work.key);
  if (answered !== null) return answered;
  const whole = decideWhole({ work, draft, ports });
  const decided = whole === null ? null : await unlessMovedOn(whole, { work, draft, store: ports.store });
  // A bug refuses its own command, not its neighbours; without a receipt, so that a mended platform may decide it.
  if (decided === null) return refused('bus.notRecorded');
  if (decided.ok) {
    for (const { fact, feeds } of decided.value.places) draft.append(fact, feeds);
    decidedAll.push(decided.value.decided);
  } else if (work.refusedAs !== undefined) {
    const fact = toFact({ told: work.refusedAs(decided.refusal.code), work, ports });
    draft.append(fact, audience(fact, ports.places));
  }
  const outcome = decided.ok ? granted(decided.value.places.length) : toPlainRefusal(decided.refusal);
  if (work.key !== null) receipts.keep(work.key, outcome);
  return outcome;
}

/** By right and by rule first: whoever may not do it learns nothing of versions. */
async function unlessMovedOn(
  decided: Result<Whole>,
  { work, draft, store }: { work: Undertaking; draft: Draft; store: RecordStore },
): Promise<Result<Whole>> {
  const { actor, lookedAtVersion } = work;
  if (!decided.ok || lookedAtVersion === undefined) return decided;
  const version = await movedOnTo({ told: decided.value.decided.facts[0], lookedAtVersion, actor, draft, store });
  return version === null ? decided : refused('bus.entityMovedOn', { version });
}

type Whole = { readonly decided: Decided; readonly places: readonly { readonly fact: Fact; readonly feeds: readonly FeedName[] }[] };

/** Decides, and finds every fact its feeds, before anything is added to the draft. Null when that threw. */
function decideWhole({ work, draft, ports }: { work: Undertaking; draft: Draft; ports: UndertakePorts }): Result<Whole> | null {
  try {
    const decided = work.decide(draft);
    if (!decided.ok) return decided;
    const places = decided.value.facts.map((told) => {
      const fact = toFact({ told, work, ports });
      return { fact, feeds: audience(fact, decided.value.places ?? ports.places) };
    });
    return granted({ decided: decided.value, places });
  } catch (error) {
    ports.log.error({ err: error, actor: work.actor }, 'a command could not be decided; it is refused');
    return null;
  }
}

function toFact({ told, work, ports }: { told: FactDraft; work: Undertaking; ports: UndertakePorts }): Fact {
  return {
    countyId: ports.countyId,
    type: told.type,
    v: newestVersions[told.type],
    atMs: ports.clock.nowMs(),
    actor: work.actor,
    commandId: work.key?.commandId ?? null,
    subject: told.subject,
    payload: JSON.stringify(told.payload),
  };
}

function toPlainRefusal(refusal: Refusal): Outcome {
  return refused(refusal.code, refusal.params);
}

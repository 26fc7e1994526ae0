import { createSerial, type DeskFactSource, type LinkLog } from '#contract/link/index.ts';
import { type CommandId, granted, type PersonId, type Result, refused } from '#contract/values/index.ts';
import { type DisplayKey, decideWall, type WallCommand, type WallState } from '#contract/wall/index.ts';
import type { JournalFile } from '#main/storage/index.ts';
import { type DeskIdentity, deskFactsOf } from './deskFacts.ts';
import {
  compactJournal,
  emptyJournal,
  foldWallJournal,
  lastSeq,
  renumberJournal,
  type WallEntry,
  type WallJournal,
  WallRecord,
} from './wallRecord.ts';

/** New entries, on the disk already, and the scene after them. */
export type WallChange = { readonly entries: readonly WallEntry[]; readonly state: WallState };

export type WallStorePorts = {
  readonly journal: JournalFile;
  /** Platform time where it is known (architecture.md, decision 7), epoch ms. */
  readonly nowMs: () => number;
  readonly newCommandId: () => CommandId;
  readonly log: LinkLog;
  readonly onChange: (change: WallChange) => void;
  /** Told on changes: a journal that cannot be written makes the wall read-only. */
  readonly onJournal: (state: 'writable' | 'readOnly') => void;
};

/** The owner of this workstation's Wall. */
export type WallStore = {
  state(): WallState;
  /** Decides in the order of asking; granted means: on the disk. Refusals: contract/wall's, and `wall.journalReadOnly`. */
  ask(command: WallCommand, by: { personId: PersonId | null }): Promise<Result<null>>;
  /** Whether this Display's first scene was filled, and the mark that it was. */
  isFilled(displayKey: DisplayKey): boolean;
  markFilled(displayKey: DisplayKey): Promise<void>;
  /** The desk and county that the facts belong to. Another desk than before starts the numbering anew. */
  setIdentity(identity: DeskIdentity): Promise<void>;
  identity(): DeskIdentity | null;
  /** What the link ships. */
  readonly deskFacts: DeskFactSource;
};

/** Records after which the journal is written short again. */
const compactAfter = 5_000;

/** Reads the wall's journal and goes on where it stopped. Rejects when the journal cannot be read. */
export async function openWallStore(ports: WallStorePorts): Promise<WallStore> {
  const records = (await ports.journal.load()).map((record) => WallRecord.parse(record));
  return new JournaledWall(ports, records);
}

class JournaledWall implements WallStore {
  readonly #ports: WallStorePorts;
  readonly #inTurn = createSerial();
  #journal: WallJournal;
  #recordCount: number;
  #journalState: 'writable' | 'readOnly' = 'writable';
  #identity: DeskIdentity | null = null;

  constructor(ports: WallStorePorts, records: readonly WallRecord[]) {
    this.#ports = ports;
    this.#journal = records.reduce(foldWallJournal, emptyJournal);
    this.#recordCount = records.length;
  }

  state(): WallState {
    return this.#journal.state;
  }

  isFilled(displayKey: DisplayKey): boolean {
    return this.#journal.filled.has(displayKey);
  }

  identity(): DeskIdentity | null {
    return this.#identity;
  }

  ask(command: WallCommand, { personId }: { personId: PersonId | null }): Promise<Result<null>> {
    return this.#inTurn(async () => {
      const decided = decideWall(this.#journal.state, command);
      if (!decided.ok) return decided;
      if (decided.value.length === 0) return granted(null);
      const made = { atMs: this.#ports.nowMs(), personId, commandId: this.#ports.newCommandId() };
      const entries = decided.value.map(({ type, payload }, index): WallEntry => {
        return { kind: 'fact', seq: lastSeq(this.#journal) + index + 1, type, ...made, payload: JSON.stringify(payload) };
      });
      if (!(await this.#keep(entries))) return refused('wall.journalReadOnly');
      this.#ports.onChange({ entries, state: this.#journal.state });
      return granted(null);
    });
  }

  async markFilled(displayKey: DisplayKey): Promise<void> {
    await this.#inTurn(() => this.#keep([{ kind: 'filled', displayKey }]));
  }

  setIdentity(identity: DeskIdentity): Promise<void> {
    return this.#inTurn(async () => {
      const { deskId } = identity;
      const before = this.#journal.deskId;
      if (before === null) await this.#keep([{ kind: 'desk', deskId }]);
      else if (before !== deskId) {
        this.#ports.log.warn({ before, deskId }, 'this wall belongs to another desk identity now: its facts are told from the beginning');
        await this.#rewrite(renumberJournal(this.#journal, { deskId, atMs: this.#ports.nowMs() }));
      }
      this.#identity = identity;
    });
  }

  readonly deskFacts = {
    after: ({ seq, limit }: { seq: number; limit: number }) => {
      if (this.#identity === null) return [];
      const waiting = this.#journal.entries.filter((entry) => entry.seq > seq).slice(0, limit);
      return deskFactsOf(waiting, this.#identity);
    },
    settled: (seq: number) => {
      // Known at once, on the disk later: losing this hint costs one shipment of what the platform has already.
      this.#journal = foldWallJournal(this.#journal, { kind: 'shipped', seq });
      void this.#inTurn(() => this.#keep([{ kind: 'shipped', seq }]));
    },
    settledSeq: () => this.#journal.shippedSeq,
    waiting: () => Math.max(0, lastSeq(this.#journal) - this.#journal.shippedSeq),
  };

  /** Write-ahead: the record is on the disk before anybody is told of it. */
  async #keep(records: readonly WallRecord[]): Promise<boolean> {
    try {
      await this.#ports.journal.append(records);
    } catch (error) {
      this.#tellJournal('readOnly', error);
      return false;
    }
    this.#journal = records.reduce(foldWallJournal, this.#journal);
    this.#recordCount += records.length;
    this.#tellJournal('writable');
    if (this.#recordCount >= compactAfter) await this.#rewrite(compactJournal(this.#journal));
    return true;
  }

  async #rewrite(records: readonly WallRecord[]): Promise<void> {
    try {
      await this.#ports.journal.rewrite(records);
    } catch (error) {
      return this.#tellJournal('readOnly', error);
    }
    this.#journal = records.reduce(foldWallJournal, emptyJournal);
    this.#recordCount = records.length;
  }

  #tellJournal(state: 'writable' | 'readOnly', error?: unknown): void {
    if (state === this.#journalState) return;
    this.#journalState = state;
    if (state === 'readOnly') this.#ports.log.error({ err: error }, 'the wall journal cannot be written: the wall is read-only');
    else this.#ports.log.info({}, 'the wall journal can be written again');
    this.#ports.onJournal(state);
  }
}

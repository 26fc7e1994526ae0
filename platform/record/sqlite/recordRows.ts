import { DatabaseSync } from 'node:sqlite';
import type { Fact, Position } from '#contract/record/index.ts';
import type { CommandId } from '#contract/values/index.ts';

/** One index row with the fact that it names; `fact` null when there is no such fact. */
export type PlacedRow = Position & { readonly prevHash: string; readonly gid: number; readonly fact: Fact | null };
/** Where a feed goes on in a new epoch. */
export type EpochStartRow = { readonly position: Position; readonly afterEpoch: string; readonly afterHash: string };
/** A receipt whose command was granted: it says how many facts it made. */
export type GrantedReceipt = { readonly commandId: string; readonly factCount: number };
/** A snapshot of a feed at a place: what a start believes instead of folding. */
export type SnapshotRow = { readonly position: Position; readonly isWhole: boolean };

/** A row of any of the tables that are read here; STRICT tables hold these types or nothing. */
type Row = Position & {
  readonly head_seq: number;
  readonly head_hash: string;
  readonly prev_hash: string;
  readonly place_gid: number;
  readonly gid: number | null;
  readonly county_id: Fact['countyId'];
  readonly type: string;
  readonly v: number;
  readonly at_ms: number;
  readonly actor: Fact['actor'];
  readonly command_id: CommandId;
  readonly subject: string;
  readonly payload: string;
  readonly reply: string;
  readonly state: string;
  readonly state_hash: string;
  readonly after_epoch: string;
  readonly after_hash: string;
};

/** A whole record as the check reads it, one consistent moment of it, never all in memory. */
export type RecordRows = {
  /** By feed, epoch and seq. */
  places(): Iterable<PlacedRow>;
  heads(): Iterable<Position>;
  epochStarts(): Iterable<EpochStartRow>;
  /** Facts that no feed holds. */
  unplaced(): Iterable<{ readonly gid: number }>;
  receipts(): Iterable<GrantedReceipt>;
  factsOf(commandId: string): number;
  snapshots(): Iterable<SnapshotRow>;
};

/** Reads a record's file without changing it, also while a platform writes: all reads see the moment of opening. To be closed. */
export function openRecordRows(file: string, sha256: (text: string) => string): RecordRows & { close(): void } {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  database.exec('BEGIN');
  const rows = (sql: string) => database.prepare(sql).iterate() as Iterable<unknown> as Iterable<Row>;
  const hasTable = (name: string) =>
    database.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`).get(name) !== undefined;
  const countFacts = database.prepare('SELECT count(*) AS n FROM facts WHERE command_id = ?');

  return {
    *places() {
      const sql = `SELECT feed, epoch, seq, prev_hash, hash, feed_index.gid AS place_gid, facts.* FROM feed_index
        LEFT JOIN facts ON facts.gid = feed_index.gid ORDER BY feed, epoch, seq`;
      for (const row of rows(sql)) yield toPlacedRow(row);
    },
    *heads() {
      for (const { feed, epoch, head_seq: seq, head_hash: hash } of rows('SELECT * FROM feeds')) yield { feed, epoch, seq, hash };
    },
    // A record of an earlier schema has no such tables yet.
    *epochStarts() {
      if (!hasTable('epoch_starts')) return;
      for (const { feed, epoch, seq, hash, after_epoch: afterEpoch, after_hash: afterHash } of rows('SELECT * FROM epoch_starts'))
        yield { position: { feed, epoch, seq, hash }, afterEpoch, afterHash };
    },
    *unplaced() {
      for (const { gid } of rows('SELECT gid FROM facts WHERE gid NOT IN (SELECT gid FROM feed_index)')) yield { gid: Number(gid) };
    },
    *receipts() {
      for (const { command_id: commandId, reply } of rows('SELECT command_id, reply FROM receipts')) {
        const factCount = factCountOf(reply);
        if (factCount !== null) yield { commandId, factCount };
      }
    },
    factsOf: (commandId) => Number(countFacts.get(commandId)?.['n'] ?? 0),
    *snapshots() {
      if (!hasTable('snapshots')) return;
      for (const { feed, epoch, seq, hash, state, state_hash: stateHash } of rows('SELECT * FROM snapshots'))
        yield { position: { feed, epoch, seq, hash }, isWhole: sha256(state) === stateHash };
    },
    close() {
      database.exec('COMMIT');
      database.close();
    },
  };
}

function toPlacedRow(row: Row): PlacedRow {
  const { feed, epoch, seq, hash, prev_hash: prevHash, place_gid: gid } = row;
  return { feed, epoch, seq, hash, prevHash, gid, fact: row.gid === null ? null : toFact(row) };
}

function toFact(row: Row): Fact {
  const { county_id: countyId, type, v, at_ms: atMs, actor, command_id: commandId, subject, payload } = row;
  return { countyId, type, v, atMs, actor, commandId, subject, payload };
}

/** How many facts a granted command's receipt speaks of; null for a refusal. An unreadable receipt speaks of -1: it fits nothing. */
function factCountOf(reply: string): number | null {
  try {
    const outcome = JSON.parse(reply) as { ok?: unknown; value?: unknown };
    if (outcome.ok === false) return null;
    return outcome.ok === true && typeof outcome.value === 'number' ? outcome.value : -1;
  } catch {
    return -1;
  }
}

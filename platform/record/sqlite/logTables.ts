import type { DatabaseSync } from 'node:sqlite';
import type { Actor, Fact, FeedFact, FeedName, Position } from '#contract/record/index.ts';
import type { CommandId } from '#contract/values/index.ts';
import type { Batch, DeskSettled, IndexedFact, Receipt } from '../store.ts';

type FactRow = {
  county_id: string;
  type: string;
  v: number;
  at_ms: number;
  actor: string;
  command_id: string | null;
  subject: string;
  payload: string;
};

/** The append-only part of the record: facts, feed index, receipts, what desks have settled. Statements are prepared once. */
export function createLogTables(database: DatabaseSync) {
  const insertFact = database.prepare(
    'INSERT INTO facts (county_id, type, v, at_ms, actor, command_id, subject, payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const insertPlace = database.prepare('INSERT INTO feed_index (feed, epoch, seq, prev_hash, hash, gid) VALUES (?, ?, ?, ?, ?, ?)');
  const readHead = database.prepare('SELECT head_seq AS seq FROM feeds WHERE feed = ? AND epoch = ?');
  const writeHead = database.prepare(
    `INSERT INTO feeds (feed, epoch, head_seq, head_hash) VALUES (?, ?, ?, ?)
     ON CONFLICT (feed, epoch) DO UPDATE SET head_seq = excluded.head_seq, head_hash = excluded.head_hash`,
  );
  const insertReceipt = database.prepare('INSERT INTO receipts (command_id, body_hash, desk_id, reply, at_ms) VALUES (?, ?, ?, ?, ?)');
  const writeSettled = database.prepare(
    `INSERT INTO desk_seq (desk_id, command_seq, shipped_seq) VALUES (?, ?, ?)
     ON CONFLICT (desk_id) DO UPDATE SET command_seq = excluded.command_seq, shipped_seq = excluded.shipped_seq`,
  );
  const hashAt = database.prepare(
    `SELECT hash FROM feed_index WHERE feed = ?1 AND epoch = ?2 AND seq = ?3
     UNION ALL SELECT hash FROM epoch_starts WHERE feed = ?1 AND epoch = ?2 AND seq = ?3`,
  );
  const readFacts = database.prepare(
    `SELECT feed, epoch, seq, hash, county_id, type, v, at_ms, actor, command_id, subject, payload
     FROM feed_index JOIN facts USING (gid) WHERE feed = ? AND epoch = ? AND seq > ? ORDER BY seq LIMIT ?`,
  );
  const heads = database.prepare('SELECT feed, epoch, head_seq AS seq, head_hash AS hash FROM feeds ORDER BY feed');
  const receipt = database.prepare('SELECT command_id, body_hash, desk_id, reply, at_ms FROM receipts WHERE command_id = ?');
  const changeByOthers = database.prepare(
    `SELECT 1 FROM facts WHERE subject = ? AND actor <> ? AND json_extract(payload, '$.version') > ? LIMIT 1`,
  );
  const dropReceipts = database.prepare('DELETE FROM receipts WHERE at_ms < ?');
  const settled = database.prepare('SELECT desk_id, command_seq, shipped_seq FROM desk_seq');

  function appendFact({ fact, places }: IndexedFact): void {
    const { countyId, type, v, atMs, actor, commandId, subject, payload } = fact;
    const { lastInsertRowid: gid } = insertFact.run(countyId, type, v, atMs, actor, commandId, subject, payload);
    for (const { feed, epoch, seq, prevHash, hash } of places) {
      const head = (readHead.get(feed, epoch) as { seq: number } | undefined)?.seq ?? 0;
      if (seq !== head + 1) throw new Error(`${feed} seq ${seq} does not follow ${head}`);
      insertPlace.run(feed, epoch, seq, prevHash, hash, gid);
      writeHead.run(feed, epoch, seq, hash);
    }
  }

  return {
    /** Writes inside the transaction that the caller opened. */
    append(batch: Batch): void {
      for (const fact of batch.facts) appendFact(fact);
      for (const { commandId, bodyHash, deskId, reply, atMs } of batch.receipts)
        insertReceipt.run(commandId, bodyHash, deskId, reply, atMs);
      for (const { deskId, commandSeq, shippedSeq } of batch.settled) writeSettled.run(deskId, commandSeq, shippedSeq);
    },
    heads: () => heads.all() as unknown as readonly Position[],
    hashAt: (place: { feed: FeedName; epoch: string; seq: number }) =>
      (hashAt.get(place.feed, place.epoch, place.seq) as { hash: string } | undefined)?.hash ?? null,
    readFacts: (range: { feed: FeedName; epoch: string; afterSeq: number; limit: number }) =>
      readFacts.all(range.feed, range.epoch, range.afterSeq, range.limit).map((row) => toFeedFact(row as unknown as FactRow & Position)),
    readReceipts: (ids: readonly CommandId[]) => ids.flatMap((id) => receipt.all(id).map(toReceipt)),
    isChangedByOthers: ({ subject, version, notBy }: { subject: string; version: number; notBy: Actor }) =>
      changeByOthers.get(subject, notBy, version) !== undefined,
    dropReceipts: (beforeMs: number) => void dropReceipts.run(beforeMs),
    readSettled: () => settled.all().map(toSettled),
  };
}

function toFeedFact(row: FactRow & Position): FeedFact {
  const fact = {
    countyId: row.county_id,
    type: row.type,
    v: row.v,
    atMs: row.at_ms,
    actor: row.actor,
    commandId: row.command_id,
    subject: row.subject,
    payload: row.payload,
  } as Fact;
  return { feed: row.feed, epoch: row.epoch, seq: row.seq, hash: row.hash, fact };
}

function toReceipt(row: Record<string, unknown>): Receipt {
  return { commandId: row.command_id, bodyHash: row.body_hash, deskId: row.desk_id, reply: row.reply, atMs: row.at_ms } as Receipt;
}

function toSettled(row: Record<string, unknown>): DeskSettled {
  return { deskId: row.desk_id, commandSeq: row.command_seq, shippedSeq: row.shipped_seq } as DeskSettled;
}

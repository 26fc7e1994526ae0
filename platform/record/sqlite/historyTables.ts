import type { DatabaseSync } from 'node:sqlite';
import type { FeedName, Position } from '#contract/record/index.ts';
import type { EpochStart, StoredSnapshot } from '../store.ts';

/** What spares reading the whole log: snapshots of feeds; and where feeds went on in a new epoch. */
export function createHistoryTables(database: DatabaseSync) {
  const writeSnapshot = database.prepare(
    'INSERT OR REPLACE INTO snapshots (feed, epoch, seq, hash, at_ms, state, state_hash) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const readSnapshot = database.prepare(
    'SELECT * FROM snapshots WHERE feed = ? AND epoch = ? AND seq <= ? AND at_ms <= ? ORDER BY seq DESC LIMIT 1',
  );
  const snapshotPlaces = database.prepare('SELECT feed, epoch, seq, at_ms FROM snapshots');
  const dropSnapshot = database.prepare('DELETE FROM snapshots WHERE feed = ? AND epoch = ? AND seq = ?');
  const writeStart = database.prepare(
    'INSERT INTO epoch_starts (feed, epoch, seq, hash, after_epoch, after_hash) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const writeHead = database.prepare('INSERT INTO feeds (feed, epoch, head_seq, head_hash) VALUES (?, ?, ?, ?)');
  const writeEpoch = database.prepare(`UPDATE meta SET value = ? WHERE key = 'epoch'`);
  const readStart = database.prepare('SELECT * FROM epoch_starts WHERE feed = ? AND epoch = ?');

  function begin({ epoch, starts }: { epoch: string; starts: readonly EpochStart[] }): void {
    for (const { position, after } of starts) {
      const { feed, seq, hash } = position;
      writeStart.run(feed, position.epoch, seq, hash, after.epoch, after.hash);
      writeHead.run(feed, position.epoch, seq, hash);
    }
    writeEpoch.run(epoch);
  }

  function inTransaction(write: () => void): void {
    database.exec('BEGIN IMMEDIATE');
    try {
      write();
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }

  return {
    writeSnapshot: ({ position: { feed, epoch, seq, hash }, atMs, state, stateHash }: StoredSnapshot) =>
      void writeSnapshot.run(feed, epoch, seq, hash, atMs, state, stateHash),
    readSnapshot: (asked: { feed: FeedName; epoch: string; upToSeq: number; upToMs: number }): StoredSnapshot | null => {
      const row = readSnapshot.get(asked.feed, asked.epoch, asked.upToSeq, asked.upToMs);
      return row === undefined ? null : toSnapshot(row);
    },
    snapshotPlaces: () => snapshotPlaces.all().map(toSnapshotPlace),
    dropSnapshots: (places: readonly { feed: FeedName; epoch: string; seq: number }[]) =>
      inTransaction(() => {
        for (const { feed, epoch, seq } of places) dropSnapshot.run(feed, epoch, seq);
      }),
    beginEpoch: (next: { epoch: string; starts: readonly EpochStart[] }) => inTransaction(() => begin(next)),
    readEpochStart: ({ feed, epoch }: { feed: FeedName; epoch: string }): EpochStart | null => {
      const row = readStart.get(feed, epoch);
      return row === undefined ? null : toStart(row);
    },
  };
}

function toSnapshot(row: Record<string, unknown>): StoredSnapshot {
  return { position: toPosition(row), atMs: row.at_ms, state: row.state, stateHash: row.state_hash } as StoredSnapshot;
}

function toSnapshotPlace({ feed, epoch, seq, at_ms: atMs }: Record<string, unknown>): Omit<Position, 'hash'> & { readonly atMs: number } {
  return { feed, epoch, seq, atMs } as Omit<Position, 'hash'> & { readonly atMs: number };
}

function toStart(row: Record<string, unknown>): EpochStart {
  const position = toPosition(row);
  return { position, after: { ...position, epoch: String(row.after_epoch), hash: String(row.after_hash) } };
}

function toPosition({ feed, epoch, seq, hash }: Record<string, unknown>): Position {
  return { feed, epoch, seq, hash } as Position;
}

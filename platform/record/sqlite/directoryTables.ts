import type { DatabaseSync } from 'node:sqlite';
import type { DirectoryChange, DirectoryRow, SourceRow, StoredCounty } from '../store.ts';

/** The county, the directory's current rows with their revision, and the cameras' sources. */
export function createDirectoryTables(database: DatabaseSync) {
  const county = database.prepare(`SELECT value FROM meta WHERE key = 'county'`);
  const writeCounty = database.prepare(
    `INSERT INTO meta (key, value) VALUES ('county', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  );
  const revision = database.prepare('SELECT revision, content_hash FROM directory_revisions ORDER BY revision DESC LIMIT 1');
  const writeRevision = database.prepare('INSERT INTO directory_revisions (revision, content_hash) VALUES (?, ?)');
  const rows = database.prepare('SELECT kind, id, body, origin FROM directory_rows ORDER BY ordinal');
  const writeRow = database.prepare(
    `INSERT INTO directory_rows (kind, id, body, since_revision, origin) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body, since_revision = excluded.since_revision, origin = excluded.origin`,
  );
  const sources = database.prepare('SELECT camera_id, quality, url, transport FROM camera_sources ORDER BY camera_id, quality');
  const dropSources = database.prepare('DELETE FROM camera_sources WHERE camera_id = ?');
  const writeSource = database.prepare('INSERT INTO camera_sources (camera_id, quality, url, transport) VALUES (?, ?, ?, ?)');

  return {
    /** Writes inside the transaction that the caller opened. */
    change(change: DirectoryChange): void {
      writeRevision.run(change.revision, change.contentHash);
      for (const { kind, id, body, origin } of change.rows) writeRow.run(kind, id, body, change.revision, origin ?? null);
      for (const cameraId of change.sourcesOf) dropSources.run(cameraId);
      for (const { cameraId, quality, url, transport } of change.sources) writeSource.run(cameraId, quality, url, transport);
    },
    readCounty: (): StoredCounty | null => {
      const row = county.get() as { value: string } | undefined;
      return row === undefined ? null : (JSON.parse(row.value) as StoredCounty);
    },
    writeCounty: (profile: StoredCounty) => void writeCounty.run(JSON.stringify(profile)),
    readDirectory: () => {
      const last = revision.get() as { revision: number; content_hash: string } | undefined;
      return {
        revision: last?.revision ?? 0,
        contentHash: last?.content_hash ?? null,
        rows: rows.all().map(toRow),
      };
    },
    readSources: () => sources.all().map(toSource),
  };
}

function toRow({ kind, id, body, origin }: Record<string, unknown>): DirectoryRow {
  return { kind, id, body, ...(origin === null ? {} : { origin }) } as DirectoryRow;
}

function toSource(row: Record<string, unknown>): SourceRow {
  return { cameraId: row.camera_id, quality: row.quality, url: row.url, transport: row.transport } as SourceRow;
}

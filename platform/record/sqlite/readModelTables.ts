import type { DatabaseSync } from 'node:sqlite';
import type { ReadModelChange, RegisterChange } from '../readModels/changes.ts';
import { createLoadRows } from './loadRows.ts';
import { createRegisterPages } from './registerPages.ts';
import { createSearchTables } from './searchTables.ts';

/** Registers and search: what can be worked out from the record and is kept so that it can be asked for. */
export function createReadModelTables(database: DatabaseSync) {
  const search = createSearchTables(database);
  const { reported, closed, ...loadReads } = createLoadRows(database);
  const apply = registerWriter(database, { reported, closed });
  const version = database.prepare(`SELECT value FROM meta WHERE key = 'readModels'`);
  const dropVersion = database.prepare(`DELETE FROM meta WHERE key = 'readModels'`);
  const keepVersion = database.prepare(
    `INSERT INTO meta (key, value) VALUES ('readModels', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  );

  /** Writes inside the transaction that the caller opened. */
  function change({ registers, documents }: ReadModelChange): void {
    for (const one of registers) apply(one);
    for (const document of documents) search.keep(document);
  }

  function alone(write: () => void): void {
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
    change,
    ...createRegisterPages(database),
    ...loadReads,
    search: search.find,
    readModelVersion: () => (version.get() as { value: string } | undefined)?.value ?? null,
    dropReadModels: () =>
      alone(() => {
        dropVersion.run();
        database.exec('DELETE FROM looking_register; DELETE FROM audit_register; DELETE FROM fault_register;');
        database.exec('DELETE FROM incident_spans;');
        search.drop();
      }),
    addToReadModels: (added: ReadModelChange) => alone(() => change(added)),
    keepReadModels: (kept: string) => void keepVersion.run(kept),
  };
}

type LoadWriter = Pick<ReturnType<typeof createLoadRows>, 'reported' | 'closed'>;

function registerWriter(database: DatabaseSync, loads: LoadWriter): (change: RegisterChange) => void {
  const openView = database.prepare(
    `INSERT INTO looking_register (seq, grant_id, camera_id, quality, purpose, reference, tile, desk_id, person_id, opened_at_ms,
       ended_at_ms, ended_how) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const endView = database.prepare(
    `UPDATE looking_register SET ended_at_ms = ?, ended_how = ?
     WHERE seq = (SELECT seq FROM looking_register WHERE grant_id = ? AND ended_at_ms IS NULL ORDER BY seq LIMIT 1)`,
  );
  const endAll = database.prepare(`UPDATE looking_register SET ended_at_ms = ?, ended_how = 'platformEnded' WHERE ended_at_ms IS NULL`);
  const note = database.prepare('INSERT INTO audit_register (seq, type, at_ms, actor, subject, payload) VALUES (?, ?, ?, ?, ?, ?)');
  const beginFault = database.prepare(
    `INSERT INTO fault_register (seq, camera_id, kind, reason, from_ms, from_actor, until_ms, until_actor, word, word_actor)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const judge = database.prepare(
    `UPDATE fault_register SET word = ?, word_actor = ? WHERE camera_id = ? AND kind = 'unmoving' AND until_ms IS NULL`,
  );
  const endFault = database.prepare(
    'UPDATE fault_register SET until_ms = ?, until_actor = ? WHERE camera_id = ? AND kind = ? AND until_ms IS NULL',
  );

  return (change) => {
    switch (change.kind) {
      case 'viewOpened': {
        const { seq, grantId, cameraId, quality, purpose, tile, deskId, personId, openedAtMs, endedAtMs, end } = change.row;
        const why = [purpose.kind, purpose.reference] as const;
        openView.run(seq, grantId, cameraId, quality, ...why, tile, deskId, personId, openedAtMs, endedAtMs, end);
        return;
      }
      case 'viewEnded':
        endView.run(change.atMs, change.end, change.grantId);
        return;
      case 'viewsLost':
        endAll.run(change.atMs);
        return;
      case 'noted': {
        const { seq, type, atMs, actor, subject, payload } = change.row;
        note.run(seq, type, atMs, actor, subject, payload);
        return;
      }
      case 'faultBegan': {
        const { seq, cameraId, kind, reason, fromMs, fromActor, untilMs, untilActor, word, wordActor } = change.row;
        beginFault.run(seq, cameraId, kind, reason, fromMs, fromActor, untilMs, untilActor, word, wordActor);
        return;
      }
      case 'faultEnded':
        endFault.run(change.atMs, change.actor, change.cameraId, change.of);
        return;
      case 'unmovingJudged':
        judge.run(change.word, change.actor, change.cameraId);
        return;
      case 'incidentReported':
        loads.reported(change);
        return;
      case 'incidentClosed':
        loads.closed(change);
    }
  };
}

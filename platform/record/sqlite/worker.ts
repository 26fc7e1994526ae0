import { parentPort, workerData } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import type { Batch, RecordStore } from '../store.ts';
import { createAccessTables } from './accessTables.ts';
import { createDirectoryTables } from './directoryTables.ts';
import { createHistoryTables } from './historyTables.ts';
import { createLogTables } from './logTables.ts';
import { createReadModelTables } from './readModelTables.ts';
import { createParticularsTable } from './particularsTable.ts';
import { openAcknowledged } from './acknowledged.ts';
import { openDatabase, type Synchronous } from './openDatabase.ts';

/** What the worker serves: the store's methods, answered synchronously on its own thread. */
export type WorkerFunctions = {
  [Name in Exclude<keyof RecordStore, 'isWritable'>]: (...given: Parameters<RecordStore[Name]>) => Awaited<ReturnType<RecordStore[Name]>>;
};

function serve(port: NonNullable<typeof parentPort>): void {
  const { file, newEpoch, synchronous } = workerData as { file: string; newEpoch: string; synchronous: Synchronous };
  const database = openDatabase({ file, newEpoch, synchronous });
  const acknowledged = openAcknowledged({ database, file });
  const log = createLogTables(database);
  const directory = createDirectoryTables(database);
  const { changeAccess, ...access } = createAccessTables(database);
  const { change: changeReadModels, ...readModels } = createReadModelTables(database);
  const { changeParticulars, ...particulars } = createParticularsTable(database);
  const { append, ...logReads } = log;
  const { change, ...directoryRows } = directory;

  const noteFailure = database.prepare(
    `INSERT INTO meta (key, value) VALUES ('failedCommits', '1') ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1`,
  );

  function commit(batch: Batch): void {
    database.exec('BEGIN IMMEDIATE');
    try {
      append(batch);
      if (batch.directory !== null) change(batch.directory);
      if (batch.readModels !== undefined) changeReadModels(batch.readModels);
      batch.access?.forEach(changeAccess);
      if (batch.particulars !== undefined) changeParticulars(batch.particulars);
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      overwriteUnsynced();
      throw error;
    }
    acknowledged.wrote();
  }

  /**
   * A commit whose sync failed lies whole in the log file, unseen: the next start would take it for good, though it was refused. The next
   * commit is written over it, so there is one, of nothing that anybody asks for.
   */
  function overwriteUnsynced(): void {
    try {
      noteFailure.run();
    } catch {
      // Written over all the same; only its sync failed too.
    }
  }

  const functions: WorkerFunctions = {
    ...logReads,
    ...directoryRows,
    ...access,
    ...createHistoryTables(database),
    ...readModels,
    ...particulars,
    commit,
    epoch: () => (database.prepare(`SELECT value FROM meta WHERE key = 'epoch'`).get() as { value: string }).value,
    close: () => {
      acknowledged.close();
      database.close();
    },
  };
  createBirpc<object, WorkerFunctions>(functions, {
    post: (message) => port.postMessage(message),
    on: (listener) => port.on('message', listener),
    // A failed write is the caller's to tell; here it would only take the thread down.
    onFunctionError: () => false,
  });
}

if (parentPort !== null) serve(parentPort);

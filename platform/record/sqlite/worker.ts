import { parentPort, workerData } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import type { Batch, RecordStore } from '../store.ts';
import { createAccessTables } from './accessTables.ts';
import { createDirectoryTables } from './directoryTables.ts';
import { createHistoryTables } from './historyTables.ts';
import { createLogTables } from './logTables.ts';
import { createReadModelTables } from './readModelTables.ts';
import { createParticularsTable } from './particularsTable.ts';
import { openDatabase, type Synchronous } from './openDatabase.ts';

/** What the worker serves: the store's methods, answered synchronously on its own thread. */
export type WorkerFunctions = {
  [Name in keyof RecordStore]: (...given: Parameters<RecordStore[Name]>) => Awaited<ReturnType<RecordStore[Name]>>;
};

function serve(port: NonNullable<typeof parentPort>): void {
  const { file, newEpoch, synchronous } = workerData as { file: string; newEpoch: string; synchronous: Synchronous };
  const database = openDatabase({ file, newEpoch, synchronous });
  const log = createLogTables(database);
  const directory = createDirectoryTables(database);
  const { changeAccess, ...access } = createAccessTables(database);
  const { change: changeReadModels, ...readModels } = createReadModelTables(database);
  const { changeParticulars, ...particulars } = createParticularsTable(database);
  const { append, ...logReads } = log;
  const { change, ...directoryRows } = directory;

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
      throw error;
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
    close: () => database.close(),
  };
  createBirpc<object, WorkerFunctions>(functions, {
    post: (message) => port.postMessage(message),
    on: (listener) => port.on('message', listener),
    // A failed write is the caller's to tell; here it would only take the thread down.
    onFunctionError: () => false,
  });
}

if (parentPort !== null) serve(parentPort);

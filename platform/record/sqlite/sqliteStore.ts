import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import type { RecordStore } from '../store.ts';
import type { Synchronous } from './openDatabase.ts';
import { readOnlyAfterFault } from './readOnlyAfterFault.ts';
import type { WorkerFunctions } from './worker.ts';

/**
 * Opens the SQLite store in its own thread. Rejects when the file cannot be opened (not writable, newer schema, not durable). A thread
 * that dies rejects everything pending and everything asked later: the platform then refuses commands, it never guesses.
 */
export async function openSqliteStore({
  file,
  newEpoch,
  synchronous = 'FULL',
  onLost,
  onFault = () => {},
}: {
  file: string;
  newEpoch: string;
  synchronous?: Synchronous;
  /** Told when the thread dies although nobody closed it; before anything pending is rejected. */
  onLost?: (why: Error) => void;
  /** Told once when the disk fails: the store is read-only from then on. */
  onFault?: (why: Error) => void;
}): Promise<RecordStore> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { file, newEpoch, synchronous }, name: 'record' });
  const remote = createBirpc<WorkerFunctions, object>(
    {},
    {
      post: (message) => worker.postMessage(message),
      on: (listener) => worker.on('message', listener),
      // Reading a year's log at start takes longer than any fixed limit; a dead thread is noticed by its exit.
      timeout: -1,
    },
  );
  const died = new Promise<Error>((resolve) => {
    worker.on('error', (error) => resolve(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', (code) => resolve(new Error(`the record's thread ended with code ${code}`)));
  });
  let isOpen = false;
  void died.then((why) => {
    if (isOpen) onLost?.(why);
    remote.$close(why);
  });
  await Promise.race([remote.epoch(), died.then((why) => Promise.reject(why))]);
  isOpen = true;

  return {
    ...readOnlyAfterFault({ ...storeOver(remote), isWritable: () => true, close: async () => {} }, { onFault }),
    close: async () => {
      isOpen = false;
      await remote.close();
      const exited = once(worker, 'exit');
      await worker.terminate();
      await exited;
    },
  };
}

function storeOver(remote: ReturnType<typeof createBirpc<WorkerFunctions, object>>): Omit<RecordStore, 'close' | 'isWritable'> {
  return {
    epoch: () => remote.epoch(),
    readCounty: () => remote.readCounty(),
    writeCounty: (county) => remote.writeCounty(county),
    commit: (batch) => remote.commit(batch),
    heads: () => remote.heads(),
    hashAt: (place) => remote.hashAt(place),
    readFacts: (range) => remote.readFacts(range),
    writeSnapshot: (snapshot) => remote.writeSnapshot(snapshot),
    readSnapshot: (asked) => remote.readSnapshot(asked),
    snapshotPlaces: () => remote.snapshotPlaces(),
    dropSnapshots: (places) => remote.dropSnapshots(places),
    beginEpoch: (next) => remote.beginEpoch(next),
    readEpochStart: (asked) => remote.readEpochStart(asked),
    readReceipts: (ids) => remote.readReceipts(ids),
    isChangedByOthers: (asked) => remote.isChangedByOthers(asked),
    dropReceipts: (beforeMs) => remote.dropReceipts(beforeMs),
    readSettled: () => remote.readSettled(),
    readDirectory: () => remote.readDirectory(),
    readSources: () => remote.readSources(),
    readPeople: () => remote.readPeople(),
    writePerson: (person) => remote.writePerson(person),
    readSessions: () => remote.readSessions(),
    writeSession: (session) => remote.writeSession(session),
    dropSessions: (hashes) => remote.dropSessions(hashes),
    readDevices: () => remote.readDevices(),
    writeDevice: (device) => remote.writeDevice(device),
    readParticulars: (reference) => remote.readParticulars(reference),
    listParticulars: () => remote.listParticulars(),
    scrub: () => remote.scrub(),
    readLooking: (asked) => remote.readLooking(asked),
    readAudit: (asked) => remote.readAudit(asked),
    readFaults: (asked) => remote.readFaults(asked),
    firstReportAtMs: () => remote.firstReportAtMs(),
    readLoads: (asked) => remote.readLoads(asked),
    search: (asked) => remote.search(asked),
    readModelVersion: () => remote.readModelVersion(),
    dropReadModels: () => remote.dropReadModels(),
    addToReadModels: (change) => remote.addToReadModels(change),
    keepReadModels: (version) => remote.keepReadModels(version),
  };
}

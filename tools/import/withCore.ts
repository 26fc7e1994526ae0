import pino from 'pino';
import { type Core, openCore } from '#platform/core.ts';
import type { DataFolder } from '#platform/dataFolder.ts';
import { nodeClock, nodeSecrets } from '#platform/nodePorts.ts';
import { openSqliteStore } from '#platform/record/index.ts';

/** Works on the record of a data folder while no platform runs: whoever may write the folder may do this. Releases the folder. */
export async function withCore<Value>(folder: DataFolder, work: (core: Core) => Promise<Value>): Promise<Value> {
  const store = await openSqliteStore({ file: folder.recordFile, newEpoch: nodeSecrets.newId() });
  try {
    const county = await store.readCounty();
    if (county === null) throw new Error('The platform of this folder was never started to its end. Run npm start once.');
    const log = pino({ level: 'error' }, pino.destination({ fd: 2, sync: true }));
    const core = await openCore({ store, county, mode: county.mode, demoLoops: null, clock: nodeClock, log });
    const value = await work(core);
    await core.writer.close();
    return value;
  } finally {
    await store.close();
    folder.release();
  }
}

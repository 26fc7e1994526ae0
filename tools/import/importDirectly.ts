import pino from 'pino';
import type { ImportReport, ImportRequest } from '#contract/directory/index.ts';
import type { Actor } from '#contract/record/index.ts';
import { openCore } from '#platform/core.ts';
import type { DataFolder } from '#platform/dataFolder.ts';
import { importFolder } from '#platform/directory/index.ts';
import { nodeClock, nodeSecrets } from '#platform/nodePorts.ts';
import { openSqliteStore } from '#platform/record/index.ts';

/** Imports while no platform runs: whoever may write the data folder may do this. The record names the tool as the one who did it. */
export async function importDirectly({ request, folder }: { request: ImportRequest; folder: DataFolder }): Promise<ImportReport> {
  const store = await openSqliteStore({ file: folder.recordFile, newEpoch: nodeSecrets.newId() });
  try {
    const county = await store.readCounty();
    if (county === null) throw new Error('The platform of this folder was never started to its end. Run npm start once.');
    const log = pino({ level: 'error' }, pino.destination({ fd: 2, sync: true }));
    const core = await openCore({ store, county, mode: county.mode, demoLoops: null, clock: nodeClock, log });
    const outcome = await importFolder(
      core.imports(() => {}),
      { request, actor: 'system/import' as Actor },
    );
    await core.writer.close();
    if (!outcome.ok) throw new Error(`The record refused the import (${outcome.refusal.code}). Is the disk full?`);
    return outcome.value;
  } finally {
    await store.close();
    folder.release();
  }
}

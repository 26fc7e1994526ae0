import type { ImportReport } from '#contract/directory/index.ts';
import type { Actor } from '#contract/record/index.ts';
import type { DataFolder } from '#platform/dataFolder.ts';
import { type FolderRequest, importFolder } from '#platform/directory/index.ts';
import { withCore } from './withCore.ts';

/** Imports while no platform runs; the record names the tool as the one who did it. */
export async function importDirectly({ request, folder }: { request: FolderRequest; folder: DataFolder }): Promise<ImportReport> {
  return await withCore(folder, async (core) => {
    const ports = core.imports(() => {});
    const outcome = await importFolder(ports, { request, actor: 'system/import' as Actor });
    if (!outcome.ok) throw new Error(`The record refused the import (${outcome.refusal.code}). Is the disk full?`);
    return outcome.value;
  });
}

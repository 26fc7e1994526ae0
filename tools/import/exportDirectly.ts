import type { ExportFolder, ExportRequest } from '#contract/directory/index.ts';
import type { Actor } from '#contract/record/index.ts';
import type { DataFolder } from '#platform/dataFolder.ts';
import { exportFolder, tellExport } from '#platform/directory/index.ts';
import { withCore } from './withCore.ts';

/** Exports while no platform runs; the record names the tool as the one who did it. */
export async function exportDirectly({ request, folder }: { request: ExportRequest; folder: DataFolder }): Promise<ExportFolder> {
  return await withCore(folder, async (core) => {
    const { writer, sourcesOf, directory } = core.imports(() => {});
    const told = await tellExport({ writer, actor: 'system/export' as Actor, request });
    if (!told.ok) throw new Error(`The record refused the export (${told.refusal.code}). Is the disk full?`);
    return exportFolder({ directory, sourcesOf, request });
  });
}

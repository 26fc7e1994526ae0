import { z } from 'zod';
import type { PolicyActor } from '#contract/access/index.ts';
import { DirectoryKind, ExportRequest, ImportRequest } from '#contract/directory/index.ts';
import type { Actor } from '#contract/record/index.ts';
import { callerActor, type SurfaceAnswers } from '../access/index.ts';
import type { Directory } from './directory.ts';
import { exportFolder } from './export/exportFolder.ts';
import { tellExport } from './export/tellExport.ts';
import { type ImportPorts, importFolder, toFolderRequest } from './import/importFolder.ts';

/** A page is at most this long (contract: 1000), and this long when nothing is asked. */
const pageLimits = { most: 1_000, usual: 500 } as const;

const PageQuery = z.object({
  kind: DirectoryKind,
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(pageLimits.most).default(pageLimits.usual),
});

/** The directory in pages, each as its asker may see it, and the way to bring rows in. */
export function directoryAnswers({
  directory,
  rosters,
  imports,
}: {
  directory: Directory;
  /** Responders are numbered anew for each territory (platform/responders). */
  rosters: { page(asked: { actor: PolicyActor; offset: number; limit: number }): object };
  imports: ImportPorts;
}): SurfaceAnswers<'directory' | 'directoryImport' | 'directoryExport'> {
  return {
    directory({ context, caller }) {
      const query = PageQuery.safeParse({ ...context.req.query(), kind: context.req.param('kind') });
      if (!query.success) return context.json({ code: 'bus.badMessage' }, 400);
      const asked = { actor: callerActor(caller), ...query.data };
      return context.json(asked.kind === 'responders' ? rosters.page(asked) : directory.page(asked));
    },
    // An import may touch every region: its guard asks for the right over the whole county.
    async directoryImport({ context, caller }) {
      const request = ImportRequest.safeParse(await context.req.json().catch(() => null));
      if (!request.success) return context.json({ code: 'bus.badMessage' }, 400);
      const actor = `person/${caller.person.personId}` as Actor;
      const outcome = await importFolder(imports, { request: toFolderRequest(request.data), actor });
      return outcome.ok ? context.json(outcome.value) : context.json(outcome.refusal, 503);
    },
    async directoryExport({ context, caller }) {
      const request = ExportRequest.safeParse(await context.req.json().catch(() => null));
      if (!request.success) return context.json({ code: 'bus.badMessage' }, 400);
      const actor = `person/${caller.person.personId}` as Actor;
      const outcome = await tellExport({ writer: imports.writer, actor, request: request.data });
      if (!outcome.ok) return context.json(outcome.refusal, 503);
      return context.json(exportFolder({ directory, sourcesOf: imports.sourcesOf, request: request.data }));
    },
  };
}

import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { may } from '#contract/access/index.ts';
import { routes } from '#contract/bus/index.ts';
import { DirectoryKind, ImportRequest } from '#contract/directory/index.ts';
import type { Actor } from '#contract/record/index.ts';
import { type Access, callerActor, callerOf, personActor } from '../access/index.ts';
import type { Directory } from './directory.ts';
import { type ImportPorts, importFolder } from './import/importFolder.ts';

/** A page is at most this long (contract: 1000), and this long when nothing is asked. */
const pageLimits = { most: 1_000, usual: 500 } as const;

const PageQuery = z.object({
  kind: DirectoryKind,
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(pageLimits.most).default(pageLimits.usual),
});

/** The directory in pages, each as its asker may see it, and the way to bring rows in. */
export function directoryRoutes({ access, directory, imports }: { access: Access; directory: Directory; imports: ImportPorts }): Hono {
  const app = new Hono();
  const callerIn = (context: Context) => callerOf({ access, authorization: context.req.header('authorization') });

  app.get(`${routes.directory}/:kind`, (context: Context) => {
    const caller = callerIn(context);
    if (caller === null) return context.json({ code: 'access.sessionEnded' }, 401);
    const actor = callerActor(caller);
    if (!may(actor, 'directory.read', { regionPath: actor.territory })) return context.json({ code: 'access.notAllowed' }, 403);
    const query = PageQuery.safeParse({ ...context.req.query(), kind: context.req.param('kind') });
    if (!query.success) return context.json({ code: 'bus.badMessage' }, 400);
    return context.json(directory.page({ actor, ...query.data }));
  });

  app.post(routes.directoryImport, async (context) => {
    const caller = callerIn(context);
    if (caller?.kind !== 'person') return context.json({ code: 'access.sessionEnded' }, 401);
    const { person } = caller.signedIn;
    // An import may touch every region, so it needs the right over the county's own.
    const county = directory.rows('regions').filter(({ parentId }) => parentId === null);
    const mayImport = county.every(({ id }) => may(personActor(person), 'directory.import', { regionPath: [id] }));
    if (!mayImport) return context.json({ code: 'access.notAllowed' }, 403);
    const request = ImportRequest.safeParse(await context.req.json().catch(() => null));
    if (!request.success) return context.json({ code: 'bus.badMessage' }, 400);
    const outcome = await importFolder(imports, { request: request.data, actor: `person/${person.personId}` as Actor });
    return outcome.ok ? context.json(outcome.value) : context.json(outcome.refusal, 503);
  });
  return app;
}

import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { may } from '#contract/access/index.ts';
import { routes } from '#contract/bus/index.ts';
import { DirectoryKind } from '#contract/directory/index.ts';
import { type Access, callerActor, callerOf } from '../access/index.ts';
import type { Directory } from './directory.ts';

/** A page is at most this long (contract: 1000), and this long when nothing is asked. */
const pageLimits = { most: 1_000, usual: 500 } as const;

const PageQuery = z.object({
  kind: DirectoryKind,
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(pageLimits.most).default(pageLimits.usual),
});

/** The directory in pages, each as its asker may see it. */
export function directoryRoutes({ access, directory }: { access: Access; directory: Directory }): Hono {
  const app = new Hono();
  app.get(`${routes.directory}/:kind`, (context: Context) => {
    const caller = callerOf({ access, authorization: context.req.header('authorization') });
    if (caller === null) return context.json({ code: 'access.sessionEnded' }, 401);
    const actor = callerActor(caller);
    if (!may(actor, 'directory.read', { regionPath: actor.territory })) return context.json({ code: 'access.notAllowed' }, 403);
    const query = PageQuery.safeParse({ ...context.req.query(), kind: context.req.param('kind') });
    if (!query.success) return context.json({ code: 'bus.badMessage' }, 400);
    return context.json(directory.page({ actor, ...query.data }));
  });
  return app;
}

import type { Context, Hono } from 'hono';
import { httpSurfaces, type HttpSurface, type HttpSurfaceName, may } from '#contract/access/index.ts';
import type { RegionId } from '#contract/values/index.ts';
import { type Access, type Caller, callerActor, type SignedIn } from './access.ts';
import { callerOf } from './callers.ts';

type GuardOf<Name extends HttpSurfaceName> = (typeof httpSurfaces)[Name]['guard'];
/** Who has got through a surface's guard: a person, a person or workstation, or nobody in particular. */
type CallerThrough<Guarded> = Guarded extends { kind: 'action'; by: 'person' }
  ? SignedIn
  : Guarded extends { kind: 'action' }
    ? Caller
    : null;

/** One page's answer. It runs behind its guard only, and is given who has passed it. */
export type SurfaceAnswer<Name extends HttpSurfaceName> = (asked: {
  readonly context: Context;
  readonly caller: CallerThrough<GuardOf<Name>>;
}) => Response | Promise<Response>;

/** Answers by the names of the registry: a page that has no guard there has no name to be written under. */
export type SurfaceAnswers<Name extends HttpSurfaceName = HttpSurfaceName> = { readonly [Each in Name]: SurfaceAnswer<Each> };

type AnyAnswer = (asked: { readonly context: Context; readonly caller: Caller | SignedIn | null }) => Response | Promise<Response>;

/** Opens every page of the registry on `app`, each behind its guard. `county` is the region that county-wide rights are asked over. */
export function openSurfaces({
  app,
  answers,
  access,
  county,
}: {
  app: Hono;
  answers: SurfaceAnswers;
  access: Access;
  county: () => RegionId;
}): void {
  for (const name of Object.keys(httpSurfaces) as HttpSurfaceName[]) {
    const surface: HttpSurface = httpSurfaces[name];
    const answer = answers[name] as AnyAnswer;
    app.on(surface.method, surface.path, (context) => guarded({ context, surface, answer, access, county }));
  }
}

async function guarded({
  context,
  surface: { guard },
  answer,
  access,
  county,
}: {
  context: Context;
  surface: HttpSurface;
  answer: AnyAnswer;
  access: Access;
  county: () => RegionId;
}): Promise<Response> {
  switch (guard.kind) {
    case 'public':
      return await answer({ context, caller: null });
    case 'action': {
      const caller = callerOf({ access, authorization: context.req.header('authorization') });
      if (caller === null || (guard.by === 'person' && caller.kind !== 'person')) {
        return context.json({ code: 'access.sessionEnded' }, 401);
      }
      const actor = callerActor(caller);
      // Over a subject the answer itself asks, where it has looked the subject up; here only: anywhere at all?
      const regionPath = guard.over === 'county' ? [county()] : actor.territory;
      if (!may(actor, guard.action, { regionPath })) return context.json({ code: 'access.notAllowed' }, 403);
      return await answer({ context, caller: guard.by === 'person' && caller.kind === 'person' ? caller.signedIn : caller });
    }
  }
}

import type { Context, Hono } from 'hono';
import { httpSurfaces, type HttpSurface, type HttpSurfaceName, may } from '#contract/access/index.ts';
import type { RegionId } from '#contract/values/index.ts';
import type { Access } from './access.ts';
import { type Caller, callerActor } from './actors.ts';
import { bearerOf, callerOf } from './callers.ts';
import type { SignedIn } from './sessions.ts';

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

/** A page that somebody asked for and did not get. `asker` null = nobody that is known: no session, or one that has ended. */
export type PageRefused = { readonly page: HttpSurfaceName; readonly code: string; readonly asker: Caller | null };

type SurfacePorts = {
  readonly access: Access;
  /** The region that county-wide rights are asked over. */
  readonly county: () => RegionId;
  readonly onRefused: (refused: PageRefused) => void;
};

/** Opens every page of the registry on `app`, each behind its guard. */
export function openSurfaces({ app, answers, ...ports }: { app: Hono; answers: SurfaceAnswers } & SurfacePorts): void {
  for (const name of Object.keys(httpSurfaces) as HttpSurfaceName[]) {
    const surface: HttpSurface = httpSurfaces[name];
    const answer = answers[name] as AnyAnswer;
    app.on(surface.method, surface.path, (context) => guarded({ context, name, surface, answer, ports }));
  }
}

async function guarded({
  context,
  name,
  surface: { guard },
  answer,
  ports,
}: {
  context: Context;
  name: HttpSurfaceName;
  surface: HttpSurface;
  answer: AnyAnswer;
  ports: SurfacePorts;
}): Promise<Response> {
  const { access, county, onRefused } = ports;
  switch (guard.kind) {
    case 'public':
      return await answer({ context, caller: null });
    case 'action': {
      const caller = callerOf({ access, authorization: context.req.header('authorization') });
      const refuse = (code: string, status: 401 | 403) => {
        onRefused({ page: name, code, asker: caller });
        return context.json({ code }, status);
      };
      if (caller === null)
        return isPasswordDue({ access, context }) ? refuse('access.passwordChangeRequired', 403) : refuse('access.sessionEnded', 401);
      if (guard.by === 'person' && caller.kind !== 'person') return refuse('access.sessionEnded', 401);
      const actor = callerActor(caller);
      // Over a subject the answer itself asks, where it has looked the subject up; here only: anywhere at all?
      const regionPath = guard.over === 'county' ? [county()] : actor.territory;
      if (!may(actor, guard.action, { regionPath })) return refuse('access.notAllowed', 403);
      const answered = await answer({ context, caller: guard.by === 'person' && caller.kind === 'person' ? caller.signedIn : caller });
      // What a person wants done and does not get is told, whatever stood against it; what is only read again and again is not.
      if (guard.by === 'person' && answered.status >= 400) onRefused({ page: name, code: await codeOf(answered), asker: caller });
      return answered;
    }
  }
}

function isPasswordDue({ access, context }: { access: Access; context: Context }): boolean {
  const token = bearerOf(context.req.header('authorization'));
  return token !== null && access.standing(token).kind === 'passwordDue';
}

async function codeOf(answered: Response): Promise<string> {
  const body = (await answered
    .clone()
    .json()
    .catch(() => null)) as { code?: unknown } | null;
  return typeof body?.code === 'string' ? body.code : 'bus.failed';
}

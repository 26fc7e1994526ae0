import type { Context } from 'hono';
import { FirstAdministrator, LoginRequest } from '#contract/access/index.ts';
import type { Refusal } from '#contract/values/index.ts';
import { type Access } from './access.ts';
import { callerOf } from './callers.ts';
import { demoAccounts } from './demoAccounts.ts';
import type { FirstAdministratorDesk } from './firstAdministrator.ts';
import type { SurfaceAnswers } from './surfaces.ts';

/** What the HTTP server tells about the connection beside the request: the peer's address. */
export type PeerOf = (context: Context) => string;

/** Log-in, log-out, enrolment; demo accounts only where `mode` says so. A refusal is its body, the status only sums it up. */
export function accessAnswers({
  access,
  first,
  mode,
  peerOf,
}: {
  access: Access;
  first: FirstAdministratorDesk;
  mode: 'demo' | 'normal';
  peerOf: PeerOf;
}): SurfaceAnswers<'login' | 'logout' | 'enrol' | 'demoAccounts' | 'firstAdministrator'> {
  return {
    async login({ context }) {
      const request = LoginRequest.safeParse(await jsonOf(context));
      if (!request.success) return context.json(badRequest, 400);
      const opened = await access.login({ ...request.data, address: peerOf(context) }).catch(() => null);
      if (opened === null) return context.json({ code: 'access.tooManyTries', params: { waitS: 5 } } satisfies Refusal, 429);
      if (opened.ok) return context.json(opened.value);
      return context.json(opened.refusal, opened.refusal.code === 'access.tooManyTries' ? 429 : 401);
    },
    async logout({ context }) {
      const caller = callerOf({ access, authorization: context.req.header('authorization') });
      if (caller?.kind === 'person') await access.logout(caller.signedIn.sessionId);
      return context.body(null, 204);
    },
    async enrol({ context, caller }) {
      const enrolled = await access.enrol(caller);
      return enrolled.ok ? context.json(enrolled.value) : context.json(enrolled.refusal, 403);
    },
    demoAccounts: ({ context }) => (mode === 'demo' ? context.json(demoAccounts) : context.body(null, 404)),
    async firstAdministrator({ context }) {
      const request = FirstAdministrator.safeParse(await jsonOf(context));
      if (!request.success) return context.json(badRequest, 400);
      const claimed = await first.claim(request.data);
      return claimed.ok ? context.body(null, 204) : context.json(claimed.refusal, 403);
    },
  };
}

const badRequest: Refusal = { code: 'bus.badMessage' };

async function jsonOf(context: Context): Promise<unknown> {
  return await context.req.json().catch(() => null);
}

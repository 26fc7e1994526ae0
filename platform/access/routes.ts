import type { Context } from 'hono';
import { ChangePassword, FirstAdministrator, type FirstAdministratorWanted, LoginRequest } from '#contract/access/index.ts';
import { type Refusal, refused } from '#contract/values/index.ts';
import { type Access } from './access.ts';
import { bearerOf, callerOf } from './callers.ts';
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
}): SurfaceAnswers<'login' | 'logout' | 'changePassword' | 'enrol' | 'demoAccounts' | 'firstAdministrator' | 'firstAdministratorWanted'> {
  return {
    async login({ context }) {
      const request = LoginRequest.safeParse(await jsonOf(context));
      if (!request.success) return context.json(badRequest, 400);
      const opened = await access.login({ ...request.data, address: peerOf(context) }).catch(() => busy);
      if (opened.ok) return context.json(opened.value);
      return context.json(opened.refusal, statusOf(opened.refusal));
    },
    async logout({ context }) {
      const caller = callerOf({ access, authorization: context.req.header('authorization') });
      if (caller?.kind === 'person') await access.logout(caller.signedIn.sessionId);
      return context.body(null, 204);
    },
    async changePassword({ context }) {
      const token = bearerOf(context.req.header('authorization'));
      if (token === null || access.standing(token).kind === 'ended') return context.json({ code: 'access.sessionEnded' }, 401);
      const request = ChangePassword.safeParse(await jsonOf(context));
      if (!request.success) return context.json(badRequest, 400);
      const changed = await access.changePassword({ ...request.data, token, address: peerOf(context) }).catch(() => busy);
      return changed.ok ? context.body(null, 204) : context.json(changed.refusal, statusOf(changed.refusal));
    },
    async enrol({ context, caller }) {
      const enrolled = await access.enrol(caller);
      return enrolled.ok ? context.json(enrolled.value) : context.json(enrolled.refusal, statusOf(enrolled.refusal));
    },
    demoAccounts: ({ context }) => (mode === 'demo' ? context.json(demoAccounts) : context.body(null, 404)),
    async firstAdministrator({ context }) {
      const request = FirstAdministrator.safeParse(await jsonOf(context));
      if (!request.success) return context.json(badRequest, 400);
      const claimed = await first.claim(request.data);
      return claimed.ok ? context.body(null, 204) : context.json(claimed.refusal, statusOf(claimed.refusal));
    },
    firstAdministratorWanted: ({ context }) => context.json({ isWanted: first.isWanted() } satisfies FirstAdministratorWanted),
  };
}

/** More wait for their password to be looked at than is good for anybody. */
const busy = refused('access.tooManyTries', { waitS: 5 });

function statusOf({ code }: Refusal): 401 | 403 | 409 | 429 | 503 {
  switch (code) {
    case 'access.wrongPassword':
    case 'access.sessionEnded':
      return 401;
    case 'access.notAllowed':
      return 403;
    case 'access.tooManyTries':
      return 429;
    case 'bus.notRecorded':
    case 'bus.readOnly':
      return 503;
    default:
      return 409;
  }
}

const badRequest: Refusal = { code: 'bus.badMessage' };

async function jsonOf(context: Context): Promise<unknown> {
  return await context.req.json().catch(() => null);
}

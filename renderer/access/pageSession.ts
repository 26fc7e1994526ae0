import { z } from 'zod';
import { type LoginRequest, SessionOpened } from '#contract/access/index.ts';
import { routes } from '#contract/bus/index.ts';
import { granted, type Result, refused } from '#contract/values/index.ts';

/** One person's session with the platform that a page came from. It lives in this object alone: a reload asks for a new log-in. */
export type PageSession = {
  /** Asks a page of the platform, with `body` by POST. Refusals are the platform's, or `bus.unreachable` for no or an unreadable answer. */
  ask<Answer>(path: string, how: { body?: object; answer: z.ZodType<Answer> }): Promise<Result<Answer>>;
  /** Whether the demo's accounts are offered. */
  isDemo(): Promise<boolean>;
  logIn(request: LoginRequest): Promise<Result<SessionOpened>>;
  logOut(): Promise<void>;
};

const Refused = z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])).optional() });

/** A page's session before anybody logged in. */
export function openPageSession({ fetch }: { fetch: typeof globalThis.fetch }): PageSession {
  let session: string | null = null;

  const ask: PageSession['ask'] = async (path, { body, answer }) => {
    try {
      const response = await fetch(path, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { 'content-type': 'application/json', ...(session === null ? {} : { authorization: `Bearer ${session}` }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const content: unknown = response.status === 204 ? null : await response.json();
      if (response.ok) return granted(answer.parse(content));
      const { code, params } = Refused.parse(content);
      return refused(code, params);
    } catch {
      return refused('bus.unreachable');
    }
  };

  return {
    ask,
    isDemo: async () => (await ask(routes.demoAccounts, { answer: z.array(z.unknown()) })).ok,
    async logIn(request) {
      const opened = await ask(routes.login, { body: request, answer: SessionOpened });
      if (opened.ok) session = opened.value.session;
      return opened;
    },
    async logOut() {
      const ending = session;
      session = null;
      if (ending !== null) await fetch(routes.logout, { method: 'POST', headers: { authorization: `Bearer ${ending}` } }).catch(() => {});
    },
  };
}

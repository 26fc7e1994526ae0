import { z } from 'zod';
import { type LoginRequest, SessionOpened } from '#contract/access/index.ts';
import { routes } from '#contract/bus/index.ts';
import { AnsweredLift, type AnswerLift, WaitingLifts } from '#contract/cameras/index.ts';
import { granted, type Result, refused } from '#contract/values/index.ts';

/** The platform's pages as a leader's phone asks them. The session lives in this object alone: a reload asks for a new log-in. */
export type RosterPages = {
  logIn(request: LoginRequest): Promise<Result<SessionOpened>>;
  logOut(): Promise<void>;
  waiting(): Promise<Result<WaitingLifts>>;
  answer(answered: AnswerLift): Promise<Result<AnsweredLift>>;
};

const Refused = z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])).optional() });

/** Asks the platform that this page came from. */
export function createRosterPages({ fetch }: { fetch: typeof globalThis.fetch }): RosterPages {
  let session: string | null = null;

  async function ask<Answer>(path: string, { body, answer }: { body?: object; answer: z.ZodType<Answer> }): Promise<Result<Answer>> {
    try {
      const response = await fetch(path, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { 'content-type': 'application/json', ...(session === null ? {} : { authorization: `Bearer ${session}` }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const content: unknown = await response.json();
      if (response.ok) return granted(answer.parse(content));
      const { code, params } = Refused.parse(content);
      return refused(code, params);
    } catch {
      return refused('bus.unreachable');
    }
  }

  return {
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
    waiting: () => ask(routes.waitingLifts, { answer: WaitingLifts }),
    answer: (body) => ask(routes.answerLift, { body, answer: AnsweredLift }),
  };
}

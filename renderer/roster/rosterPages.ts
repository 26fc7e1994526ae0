import { routes } from '#contract/bus/index.ts';
import { AnsweredLift, type AnswerLift, WaitingLifts } from '#contract/cameras/index.ts';
import type { Result } from '#contract/values/index.ts';
import { openPageSession, type PageSession } from '../access/index.ts';

/** The platform's pages as a leader's phone asks them. The session lives in this object alone: a reload asks for a new log-in. */
export type RosterPages = Pick<PageSession, 'logIn' | 'logOut'> & {
  waiting(): Promise<Result<WaitingLifts>>;
  answer(answered: AnswerLift): Promise<Result<AnsweredLift>>;
};

/** Asks the platform that this page came from. */
export function createRosterPages({ fetch }: { fetch: typeof globalThis.fetch }): RosterPages {
  const { ask, ...session } = openPageSession({ fetch });

  return {
    ...session,
    waiting: () => ask(routes.waitingLifts, { answer: WaitingLifts }),
    answer: (body) => ask(routes.answerLift, { body, answer: AnsweredLift }),
  };
}

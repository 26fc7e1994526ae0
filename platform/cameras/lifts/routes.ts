import { AnswerLift, type WaitingLifts } from '#contract/cameras/index.ts';
import type { Clock } from '#contract/values/index.ts';
import type { SurfaceAnswers } from '../../access/index.ts';
import type { Lifts } from './lifts.ts';

/** The leader's phone page on the wire: what rings him, and his one tap. */
export function liftAnswers({ lifts, clock }: { lifts: Lifts; clock: Clock }): SurfaceAnswers<'waitingLifts' | 'answerLift'> {
  return {
    waitingLifts: ({ context, caller }) =>
      context.json({ nowMs: clock.nowMs(), lifts: [...lifts.waitingFor(caller.person.personId)].slice(0, 64) } satisfies WaitingLifts),
    async answerLift({ context, caller }) {
      const asked = AnswerLift.safeParse(await context.req.json().catch(() => null));
      if (!asked.success) return context.json({ code: 'bus.badMessage' }, 400);
      return context.json(await lifts.answer(asked.data, caller.person));
    },
  };
}

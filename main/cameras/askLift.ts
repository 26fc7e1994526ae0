import { z } from 'zod';
import { type LiftQuestion, LiftState } from '#contract/cameras/index.ts';
import type { Link } from '#contract/link/index.ts';
import { granted, type Result, refused } from '#contract/values/index.ts';

const Answer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: LiftState }),
  z.object({
    ok: z.literal(false),
    refusal: z.object({ code: z.string().max(64), params: z.record(z.string(), z.union([z.string(), z.number()])).optional() }),
  }),
]);

/** Asks the platform about lifting a mask (contract/cameras/lift). Never queued: a request that waits would ring a leader for a look nobody wants any more. */
export async function askLift(link: Pick<Link, 'ask'>, question: LiftQuestion): Promise<Result<LiftState>> {
  const answer = await link.ask(question);
  if (answer === null) return refused('bus.unreachable');
  const parsed = Answer.safeParse(answer);
  if (!parsed.success) return refused('bus.badAnswer');
  return parsed.data.ok ? granted(parsed.data.value) : refused(parsed.data.refusal.code, parsed.data.refusal.params);
}

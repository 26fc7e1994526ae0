import { z } from 'zod';
import type { Link } from '#contract/link/index.ts';
import { granted, type Result, refused } from '#contract/values/index.ts';

const Refused = z.object({
  ok: z.literal(false),
  refusal: z.object({ code: z.string().max(64), params: z.record(z.string(), z.union([z.string(), z.number()])).optional() }),
});

/** Asks the platform a question whose answer has this shape. Never queued: offline means `bus.unreachable`, another shape `bus.badAnswer`. */
export async function askPlatform<Value>(
  link: Pick<Link, 'ask'>,
  { question, answer: shape }: { question: Parameters<Link['ask']>[0]; answer: z.ZodType<Value> },
): Promise<Result<Value>> {
  const answer = await link.ask(question);
  if (answer === null) return refused('bus.unreachable');
  const refusal = Refused.safeParse(answer);
  if (refusal.success) return refused(refusal.data.refusal.code, refusal.data.refusal.params);
  const value = z.object({ ok: z.literal(true), value: shape }).safeParse(answer);
  return value.success ? granted(value.data.value) : refused('bus.badAnswer');
}

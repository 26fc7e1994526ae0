import { z } from 'zod';
import type { Link } from '#contract/link/index.ts';
import { type OpenParticulars, ParticularsOpened } from '#contract/record/index.ts';
import { granted, type Result, refused } from '#contract/values/index.ts';

const Answer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: ParticularsOpened }),
  z.object({
    ok: z.literal(false),
    refusal: z.object({ code: z.string().max(64), params: z.record(z.string(), z.union([z.string(), z.number()])).optional() }),
  }),
]);

/** Asks the platform for a text that may name people. Never queued and nowhere kept: offline means `bus.unreachable`. */
export async function openParticulars(
  link: Pick<Link, 'ask'>,
  asked: Pick<OpenParticulars, 'reference' | 'purpose'>,
): Promise<Result<ParticularsOpened>> {
  const answer = await link.ask({ type: 'record.openParticulars', ...asked });
  if (answer === null) return refused('bus.unreachable');
  const parsed = Answer.safeParse(answer);
  if (!parsed.success) return refused('bus.badAnswer');
  return parsed.data.ok ? granted(parsed.data.value) : refused(parsed.data.refusal.code, parsed.data.refusal.params);
}

import { z } from 'zod';
import type { ViewRequest } from '#contract/bridge/index.ts';
import { MediaGrant } from '#contract/cameras/index.ts';
import type { Link } from '#contract/link/index.ts';
import { granted, type Result, refused, type WindowId } from '#contract/values/index.ts';

const Answer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: MediaGrant }),
  z.object({
    ok: z.literal(false),
    refusal: z.object({ code: z.string().max(64), params: z.record(z.string(), z.union([z.string(), z.number()])).optional() }),
  }),
]);

/** Asks the platform for a right to one stream, for one window (protocol.md, "Media grants"). Never queued: offline means `bus.unreachable`. */
export async function openView(
  link: Pick<Link, 'ask'>,
  { request, windowId }: { request: ViewRequest; windowId: WindowId },
): Promise<Result<MediaGrant>> {
  const answer = await link.ask({ type: 'cameras.openView', ...request, windowId });
  if (answer === null) return refused('bus.unreachable');
  const parsed = Answer.safeParse(answer);
  if (!parsed.success) return refused('bus.badAnswer');
  return parsed.data.ok ? granted(parsed.data.value) : refused(parsed.data.refusal.code, parsed.data.refusal.params);
}

import { z } from 'zod';
import type { ViewRequest } from '#contract/bridge/index.ts';
import { MediaGrant } from '#contract/cameras/index.ts';
import type { Link } from '#contract/link/index.ts';
import { granted, type Result, refused, type WindowId } from '#contract/values/index.ts';

type Asking = { readonly views: readonly ViewRequest[]; readonly windowId: WindowId };

/** Asks the platform for rights to streams (protocol.md, "Media grants"). Never queued: offline means `bus.unreachable`. */
export type ViewRights = {
  /** An answer for each view, in order: one question for all, or one for each where the platform is of the version before. */
  open(asked: Asking): Promise<readonly Result<MediaGrant>[]>;
};

const Refused = z.object({
  ok: z.literal(false),
  refusal: z.object({ code: z.string().max(64), params: z.record(z.string(), z.union([z.string(), z.number()])).optional() }),
});
const Answer = z.discriminatedUnion('ok', [z.object({ ok: z.literal(true), value: MediaGrant }), Refused]);
const Answers = z.discriminatedUnion('ok', [z.object({ ok: z.literal(true), value: z.array(Answer) }), Refused]);

/** Makes them for all windows of a desk: which questions the platform knows is found out once per connection. */
export function createViewRights({ link }: { link: Pick<Link, 'ask' | 'status'> }): ViewRights {
  let known: { readonly sinceMs: number; readonly isBatching: Promise<boolean> } | null = null;

  /** All in one; null = this platform does not know the question. */
  async function askAll({ views, windowId }: Asking): Promise<readonly Result<MediaGrant>[] | null> {
    const answer = await link.ask({ type: 'cameras.openViews', views: [...views], windowId });
    if (answer === null) return views.map(() => refused('bus.unreachable'));
    const parsed = Answers.safeParse(answer);
    if (!parsed.success) return views.map(() => refused('bus.badAnswer'));
    if (parsed.data.ok) return views.map((_, index) => answered(parsed.data.ok ? parsed.data.value[index] : undefined));
    const { refusal } = parsed.data;
    return refusal.code === 'bus.badMessage' ? null : views.map(() => refused(refusal.code, refusal.params));
  }

  async function askEach({ views, windowId }: Asking): Promise<readonly Result<MediaGrant>[]> {
    return await Promise.all(views.map((view) => openView(link, { request: view, windowId })));
  }

  return {
    open: async (asked) => {
      const { sinceMs } = link.status();
      if (known?.sinceMs === sinceMs)
        return (await known.isBatching) ? ((await askAll(asked)) ?? (await askEach(asked))) : await askEach(asked);
      // The first one finds out, the others wait for that: to an older platform each try is an unreadable message, and three end the connection.
      const first = askAll(asked);
      known = { sinceMs, isBatching: first.then((answers) => answers !== null) };
      return (await first) ?? (await askEach(asked));
    },
  };
}

async function openView(
  link: Pick<Link, 'ask'>,
  { request, windowId }: { request: ViewRequest; windowId: WindowId },
): Promise<Result<MediaGrant>> {
  const answer = await link.ask({ type: 'cameras.openView', ...request, windowId });
  return answer === null ? refused('bus.unreachable') : answered(Answer.safeParse(answer).data);
}

function answered(answer: z.infer<typeof Answer> | undefined): Result<MediaGrant> {
  if (answer === undefined) return refused('bus.badAnswer');
  return answer.ok ? granted(answer.value) : refused(answer.refusal.code, answer.refusal.params);
}

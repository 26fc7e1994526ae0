import { ProbeRound } from '#contract/cameras/index.ts';
import type { SurfaceAnswers } from '../../access/index.ts';
import type { Probes } from './probes.ts';

/** Rounds of probes as whoever imports cameras asks for them. */
export function probeAnswers({ probes }: { probes: Pick<Probes, 'round'> }): SurfaceAnswers<'probeCameras'> {
  return {
    async probeCameras({ context, caller }) {
      const asked = ProbeRound.safeParse(await context.req.json().catch(() => null));
      if (!asked.success) return context.json({ code: 'bus.badMessage' }, 400);
      const answer = await probes.round(asked.data, caller.person.personId);
      return answer.ok ? context.json(answer.value) : context.json(answer.refusal, 503);
    },
  };
}

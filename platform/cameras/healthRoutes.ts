import { type PolicyActor, may, httpSurfaces } from '#contract/access/index.ts';
import type { CameraHealth } from '#contract/cameras/index.ts';
import type { Actor } from '#contract/record/index.ts';
import type { Clock, Result } from '#contract/values/index.ts';
import { callerActor, personActor, type SurfaceAnswers } from '../access/index.ts';
import type { CameraPath } from './commands.ts';
import type { CameraGateway } from './ports.ts';

/** How the cameras of the asker's territory flow now. What the record says of them he reads in his feeds. */
export function cameraHealthAnswers({
  gateway,
  pathOf,
  clock,
  exported,
}: {
  gateway: Pick<CameraGateway, 'openSources'>;
  pathOf: CameraPath;
  clock: Clock;
  /** Puts on the record who takes how much away. */
  exported: (asked: { actor: Actor; register: 'cameraHealth'; filters: string[]; rows: number }) => Promise<Result<unknown>>;
}): SurfaceAnswers<'cameraHealth' | 'exportCameraHealth'> {
  return {
    cameraHealth: ({ context, caller }) =>
      context.json({ atMs: clock.nowMs(), sources: [...sourcesFor(callerActor(caller), { gateway, pathOf })] } satisfies CameraHealth),
    async exportCameraHealth({ context, caller }) {
      const sources = sourcesFor(personActor(caller.person), { gateway, pathOf });
      const actor = `person/${caller.person.personId}` as Actor;
      const told = await exported({ actor, register: 'cameraHealth', filters: [], rows: sources.length });
      if (!told.ok) return context.json(told.refusal, 503);
      return context.json({ atMs: clock.nowMs(), sources: [...sources] } satisfies CameraHealth);
    },
  };
}

function sourcesFor(
  actor: PolicyActor,
  { gateway, pathOf }: { gateway: Pick<CameraGateway, 'openSources'>; pathOf: CameraPath },
): CameraHealth['sources'] {
  return gateway
    .openSources()
    .filter(({ cameraId }) => may(actor, httpSurfaces.cameraHealth.guard.action, { regionPath: pathOf(cameraId) }))
    .map(({ cameraId, quality, state, sinceMs, viewers, restarts, figures, fault }) => ({
      ...{ cameraId, quality, state, sinceMs, viewers, restarts, fault },
      ...figures,
    }));
}

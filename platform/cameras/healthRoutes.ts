import { type PolicyActor, may, httpSurfaces } from '#contract/access/index.ts';
import type { CameraHealth } from '#contract/cameras/index.ts';
import type { Clock } from '#contract/values/index.ts';
import { callerActor, type SurfaceAnswers } from '../access/index.ts';
import type { CameraPath } from './commands.ts';
import type { CameraGateway } from './ports.ts';

/** How the cameras of the asker's territory flow now. What the record says of them he reads in his feeds. */
export function cameraHealthAnswers({
  gateway,
  pathOf,
  clock,
}: {
  gateway: Pick<CameraGateway, 'openSources'>;
  pathOf: CameraPath;
  clock: Clock;
}): SurfaceAnswers<'cameraHealth'> {
  return {
    cameraHealth: ({ context, caller }) =>
      context.json({ atMs: clock.nowMs(), sources: [...sourcesFor(callerActor(caller), { gateway, pathOf })] } satisfies CameraHealth),
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

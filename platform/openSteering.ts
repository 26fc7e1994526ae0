import type { Actor } from '#contract/record/index.ts';
import { type Clock, granted, type Timers } from '#contract/values/index.ts';
import type { Access } from './access/index.ts';
import { type CameraGateway, createSteering, type Steering } from './cameras/index.ts';
import type { Core } from './core.ts';
import type { Log } from './ports.ts';

/** Steering as the bus asks it; what happens is a fact of the person who did it, and ends with his session. */
export function openSteering({
  core,
  gateway,
  access,
  clock,
  timers,
  log,
}: {
  core: Core;
  gateway: CameraGateway;
  access: Access;
  clock: Clock;
  timers: Timers;
  log: Log;
}): Steering {
  const steering = createSteering({
    clock,
    timers,
    pathOf: core.pathOf,
    cameraOf: core.directory.camera,
    deviceOf: gateway.ptzDevice,
    record({ personId }, { type, payload }) {
      const facts = [{ type, subject: `camera/${payload.cameraId}`, payload }];
      void core.writer
        .submit({ key: null, actor: `person/${personId}` as Actor, decide: () => granted({ facts }) })
        .then((outcome) => outcome.ok || log.error({ type, code: outcome.refusal.code }, 'steering could not be recorded'));
    },
  });
  access.onSessionsEnded(steering.sessionsEnded);
  return steering;
}

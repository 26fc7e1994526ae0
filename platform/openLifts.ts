import type { Actor } from '#contract/record/index.ts';
import { type Clock, granted, type Timers } from '#contract/values/index.ts';
import type { Access } from './access/index.ts';
import { createLifts, type Lifts } from './cameras/index.ts';
import type { Core } from './core.ts';
import type { Log, Secrets } from './ports.ts';

/** Lifting masks as the bus and the leaders' page ask it: the roster is the leaders' accounts, in the order in which they stand in the record. */
export function openLifts({
  core,
  access,
  secrets,
  clock,
  timers,
  log,
  onChanged,
}: {
  core: Core;
  access: Access;
  secrets: Secrets;
  clock: Clock;
  timers: Timers;
  log: Log;
  onChanged: () => void;
}): Lifts {
  const lifts = createLifts({
    clock,
    timers,
    onChanged,
    newId: secrets.newId,
    pathOf: core.pathOf,
    cameraOf: core.directory.camera,
    roster(cameraId) {
      const path = core.pathOf(cameraId);
      const isOver = (territory: readonly string[]) => path.some((region) => territory.includes(region));
      return access.people().filter(({ roles, territory, isDisabled }) => roles.includes('leader') && !isDisabled && isOver(territory));
    },
    async record(personId, { type, payload }) {
      const facts = [{ type, subject: `camera/${payload.cameraId}`, payload }];
      const outcome = await core.writer.submit({ key: null, actor: `person/${personId}` as Actor, decide: () => granted({ facts }) });
      if (!outcome.ok) log.error({ type, code: outcome.refusal.code }, 'lifting could not be recorded');
      return outcome.ok;
    },
  });
  access.onSessionsEnded(lifts.sessionsEnded);
  return lifts;
}

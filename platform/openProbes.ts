import { type Actor, countyFeed } from '#contract/record/index.ts';
import { type Clock, granted, type Randomness, type Timers } from '#contract/values/index.ts';
import { addressKind, type CameraGateway, createProbes, decideProbeFacts, type Probes } from './cameras/index.ts';
import type { Core } from './core.ts';
import type { Log } from './ports.ts';

/** Finding out what cameras are, as the bus and the pages ask for it and as the platform does by itself. */
export function openProbes({
  core,
  gateway,
  ...ports
}: {
  core: Core;
  gateway: CameraGateway;
  clock: Clock;
  timers: Timers;
  randomness: Randomness;
  log: Log;
}): Probes {
  const { directory, sources, writer, feeds, county } = core;
  const { countyId } = county;
  return createProbes({
    ...ports,
    pathOf: core.pathOf,
    cameraOf: directory.camera,
    cameras: () => directory.rows('cameras'),
    conditions: () => feeds.stateOf(countyFeed(countyId)).cameras,
    hostOf(cameraId) {
      const [url] = sources.rowsOf(cameraId).map((row) => row.url);
      return url === undefined || addressKind(url) === 'rtmp' || !URL.canParse(url) ? null : new URL(url).host;
    },
    probeStream: gateway.probe,
    openSources: gateway.openSources,
    async recordProbe(found) {
      const outcome = await writer.submit({
        key: null,
        actor: 'system/gateway' as Actor,
        decide: (view) => granted({ facts: decideProbeFacts(view.stateOf(countyFeed(countyId)).cameras, found) }),
      });
      if (!outcome.ok) ports.log.warn({ cameraId: found.cameraId, code: outcome.refusal.code }, 'a probe could not be recorded');
    },
    async recordAsked(by, { type, payload }) {
      const subject = type === 'audit.probeAsked' ? `camera/${payload.cameraId}` : `county/${countyId}`;
      const facts = [{ type, subject, payload }];
      const outcome = await writer.submit({ key: null, actor: `person/${by}` as Actor, decide: () => granted({ facts }) });
      if (!outcome.ok) ports.log.error({ type, code: outcome.refusal.code }, 'who asked for a probe could not be recorded');
      return outcome.ok;
    },
  });
}

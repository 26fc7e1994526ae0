import { type Access, personActor } from './access/index.ts';
import type { CameraGateway, Lifts } from './cameras/index.ts';
import type { Core } from './core.ts';
import { type Evidence, type EvidencePorts, openEvidence, openMarkWords } from './evidence/index.ts';
import type { Log, Secrets } from './ports.ts';
import type { Clock, Timers } from '#contract/values/index.ts';
import type { RecordStore } from './record/index.ts';

/** Kept pictures as the bus and the HTTP server ask for them. */
export async function openKeeping({
  core,
  access,
  lifts,
  ...ports
}: {
  core: Core;
  access: Access;
  lifts: Lifts;
  gateway: Pick<CameraGateway, 'snapshot' | 'canMask'>;
  evidence: EvidencePorts;
  store: RecordStore;
  baseUrl: () => string;
  secrets: Secrets;
  clock: Clock;
  timers: Timers;
  log: Log;
}): Promise<Evidence> {
  return await openEvidence({
    ...ports,
    writer: core.writer,
    pathOf: core.pathOf,
    cameraOf: core.directory.camera,
    isLifted: (cameraId, viewer) => lifts.liftedUntil(cameraId, viewer) !== null,
    writeMark: await openMarkWords(core.county.timeZone),
    actorOf(sessionId) {
      const signedIn = access.signedInById(sessionId);
      return signedIn === null ? null : personActor(signedIn.person);
    },
    nameOf: (personId) => access.people().find((person) => person.personId === personId)?.name ?? null,
  });
}

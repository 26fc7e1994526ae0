import { may, type PolicyActor, questionSurfaces } from '#contract/access/index.ts';
import {
  type CameraProbe,
  type ProbedCameras,
  type ProbeQuestion,
  type ProbeRefusalCode,
  type ProbeRound,
  type ProbeState,
} from '#contract/cameras/index.ts';
import { type CameraId, granted, type PersonId, type Result, refused } from '#contract/values/index.ts';
import { isUnprobed } from './dueCameras.ts';
import type { ProbeAsker, ProbePorts } from './ports.ts';
import { createProbeQueue } from './probeQueue.ts';

/** What cameras are found to be: asked for by a person, after an import, and by the platform itself while nobody needs the gateway. */
export type Probes = {
  /** `asker` is null when nobody is logged in at the desk: a workstation asks for nothing. */
  ask(question: ProbeQuestion, asker: ProbeAsker | null): Promise<Result<ProbeState, ProbeRefusalCode>>;
  /** Results since a time; at first, where asked, everything without one is put at the front. */
  round(asked: ProbeRound, by: PersonId): Promise<Result<ProbedCameras, ProbeRefusalCode>>;
  /** The directory or its addresses have changed. */
  directoryChanged(): void;
  close(): Promise<void>;
};

// Kept beside the record: a result that says nothing new is on no record, and its asker wants its time all the same.
const keptResults = 1_000;
const mostRows = 500;

export function createProbes(ports: ProbePorts): Probes {
  const { clock, conditions, cameraOf } = ports;
  const latest = new Map<CameraId, CameraProbe>();
  const putOff = new Map<CameraId, { readonly code: string; readonly atMs: number }>();
  const queue = createProbeQueue(ports, {
    async onDone(cameraId, probe) {
      keep(latest, cameraId, probe);
      putOff.delete(cameraId);
      await ports.recordProbe({ cameraId, probe });
    },
    onPutOff: (cameraId, code) => keep(putOff, cameraId, { code, atMs: clock.nowMs() }),
  });

  const newestOf = (cameraId: CameraId): CameraProbe | null => {
    const recorded = conditions().get(cameraId)?.probed ?? null;
    const kept = latest.get(cameraId) ?? null;
    return kept !== null && kept.atMs > (recorded?.atMs ?? 0) ? kept : recorded;
  };
  const stateOf = (cameraId: CameraId): ProbeState => {
    const queued = queue.stateOf(cameraId);
    if (queued !== null) return queued;
    const [probe, off] = [newestOf(cameraId), putOff.get(cameraId)];
    if (off !== undefined && off.atMs > (probe?.atMs ?? 0)) return { kind: 'putOff', ...off };
    return probe === null ? { kind: 'none' } : { kind: 'done', probe };
  };

  const begin = async (cameraId: CameraId, { personId, deskId }: ProbeAsker): Promise<Result<ProbeState, ProbeRefusalCode>> => {
    const isWritten = await ports.recordAsked(personId, { type: 'audit.probeAsked', payload: { cameraId, deskId, personId } });
    if (!isWritten) return refused('bus.notRecorded');
    queue.add([cameraId], 'person');
    return granted(stateOf(cameraId));
  };

  return {
    async ask(question, asker) {
      const refusal = refusalOf(ports, { question, asker });
      if (refusal !== null || asker === null) return refused(refusal ?? 'access.notAllowed');
      const { type, cameraId } = question;
      switch (type) {
        case 'cameras.probe':
          if (queue.stateOf(cameraId)?.kind === 'running') return granted(stateOf(cameraId));
          if ((cameraOf(cameraId)?.streams.length ?? 0) === 0) return refused('cameras.notConnected');
          return await begin(cameraId, asker);
        case 'cameras.probeStatus':
          return granted(stateOf(cameraId));
      }
    },
    async round({ ask, sinceMs }, by) {
      const known = conditions();
      if (ask === 'unprobed') {
        const unprobed = ports.cameras().filter((camera) => isUnprobed(camera, known.get(camera.id)) && ports.hostOf(camera.id) !== null);
        const payload = { personId: by, cameras: unprobed.length };
        if (!(await ports.recordAsked(by, { type: 'audit.probesAsked', payload }))) return refused('bus.notRecorded');
        queue.add(
          unprobed.map(({ id }) => id),
          'round',
        );
      }
      return granted({ nowMs: clock.nowMs(), waiting: queue.size(), cameras: foundSince(ports, sinceMs) });
    },
    directoryChanged() {
      for (const cameraId of latest.keys()) if (conditions().get(cameraId)?.probed == null) latest.delete(cameraId);
      queue.changed();
    },
    close: queue.close,
  };
}

function keep<Value>(kept: Map<CameraId, Value>, cameraId: CameraId, value: Value): void {
  kept.delete(cameraId);
  kept.set(cameraId, value);
  const [oldest] = kept.keys();
  if (kept.size > keptResults && oldest !== undefined) kept.delete(oldest);
}

function foundSince({ conditions, cameraOf }: ProbePorts, sinceMs: number): ProbedCameras['cameras'] {
  return [...conditions().values()]
    .flatMap(({ cameraId, probed }) => (probed == null || probed.atMs <= sinceMs ? [] : [{ cameraId, probe: probed }]))
    .toSorted((a, b) => a.probe.atMs - b.probe.atMs)
    .slice(0, mostRows)
    .flatMap(({ cameraId, probe }) => {
      const camera = cameraOf(cameraId);
      return camera === null ? [] : [{ cameraId, number: camera.number, name: camera.name, nameEn: camera.nameEn, probe }];
    });
}

function refusalOf(
  { pathOf }: ProbePorts,
  { question: { type, cameraId }, asker }: { question: ProbeQuestion; asker: { readonly actor: PolicyActor } | null },
): ProbeRefusalCode | null {
  if (asker === null) return 'access.notAllowed';
  const regionPath = pathOf(cameraId);
  // Somebody else's camera and one that does not exist are the same refusal.
  if (!regionPath.some((region) => asker.actor.territory.includes(region))) return 'cameras.unknown';
  return may(asker.actor, questionSurfaces[type].action, { regionPath }) ? null : 'access.notAllowed';
}

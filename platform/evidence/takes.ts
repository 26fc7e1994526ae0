import { createHash } from 'node:crypto';
import { may, questionSurfaces } from '#contract/access/index.ts';
import { type Camera, isMaskedByDefault, type MaskAreas } from '#contract/cameras/index.ts';
import { evidenceDays, type EvidenceId, evidenceLimits, type EvidenceRefusalCode, type TakeSnapshot } from '#contract/evidence/index.ts';
import type { Actor } from '#contract/record/index.ts';
import { type CameraId, granted, type PersonId, type Result, refused } from '#contract/values/index.ts';
import type { EvidenceEntry, Taken } from './entries.ts';
import type { EvidenceAsker, KeepingPorts } from './ports.ts';
import { EvidenceDiskFull } from './store.ts';

const dayMs = 24 * 60 * 60_000;
const minuteMs = 60_000;

/** Keeps one picture: into the store, then on the record, and only then answered. */
export function createTakes(
  ports: KeepingPorts & { entries: Map<EvidenceId, EvidenceEntry>; beingTaken: Set<EvidenceId>; newId: () => EvidenceId },
): (question: TakeSnapshot, asker: EvidenceAsker) => Promise<Result<EvidenceEntry, EvidenceRefusalCode>> {
  const { evidence, entries, beingTaken, writer, clock, gateway, writeMark, log } = ports;
  const budget = createTakeBudget(() => clock.nowMs());

  async function keep(taken: Taken, jpeg: Uint8Array): Promise<Result<EvidenceEntry, EvidenceRefusalCode>> {
    const { evidenceId, personId, cameraId } = taken;
    const owner = `person/${personId}` as Actor;
    try {
      await evidence.store.put({ evidenceId, owner, bytes: jpeg });
    } catch (error) {
      log.error({ err: error }, 'a picture could not be kept');
      return refused(error instanceof EvidenceDiskFull ? 'evidence.diskFull' : 'evidence.notKept');
    }
    const entry = { taken, takenAtMs: clock.nowMs(), erasure: null };
    const outcome = await writer.submit({
      key: null,
      actor: owner,
      decide: () =>
        granted({
          facts: [{ type: 'evidence.taken', subject: `camera/${cameraId}`, payload: taken }],
          published: () => void entries.set(evidenceId, entry),
        }),
    });
    if (outcome.ok) return granted(entry);
    await evidence.store
      .erase(evidenceId)
      .catch((error: unknown) => log.error({ err: error }, 'a picture that is not on the record is still there'));
    return refused('bus.notRecorded');
  }

  return async ({ cameraId, reason, language }, asker) => {
    const allowed = renditionFor(ports, { cameraId, asker });
    if (!allowed.ok) return allowed;
    const waitS = budget(asker.personId);
    if (waitS > 0) return refused('evidence.tooMany', { seconds: waitS });
    const { camera, masks } = allowed.value;
    const rendition = masks === undefined ? 'plain' : 'masked';
    const markOf: Parameters<typeof gateway.snapshot>[0]['markOf'] = (picture) =>
      writeMark({ language, camera, picture: { ...picture, rendition }, by: asker, reason });
    const drawn = await gateway.snapshot({ cameraId, masks, markOf, mostBytes: evidenceLimits.pictureBytes });
    if (!drawn.ok) return drawn;
    // A camera that had to be opened takes seconds: what was allowed then is asked again.
    const still = renditionFor(ports, { cameraId, asker: { ...asker, actor: ports.actorOf(asker.sessionId) } });
    if (!still.ok) return still;
    if (JSON.stringify(still.value.masks) !== JSON.stringify(masks)) return refused('evidence.noPicture');
    const { jpeg, ...picture } = drawn.value;
    const evidenceId = ports.newId();
    const taken: Taken = {
      ...{ evidenceId, kind: 'snapshot', cameraId, personId: asker.personId, deskId: asker.deskId, reason },
      sha256: createHash('sha256').update(jpeg).digest('hex'),
      bytes: jpeg.length,
      retainUntilMs: clock.nowMs() + evidenceDays.snapshot * dayMs,
      picture: { ...picture, rendition },
    };
    beingTaken.add(evidenceId);
    try {
      return await keep(taken, jpeg);
    } finally {
      beingTaken.delete(evidenceId);
    }
  };
}

/**
 * What of a camera may be kept. A leave to look is no leave to keep: what is masked stays masked in a kept picture, also while its view is
 * lifted; and of a sensitive place nothing is kept without a second person's leave.
 */
function renditionFor(
  { pathOf, cameraOf, isLifted, gateway }: KeepingPorts,
  { cameraId, asker }: { cameraId: CameraId; asker: Omit<EvidenceAsker, 'actor'> & { actor: EvidenceAsker['actor'] | null } },
): Result<{ camera: Camera; masks: MaskAreas | undefined }, EvidenceRefusalCode> {
  const { actor } = asker;
  const regionPath = pathOf(cameraId);
  const camera = cameraOf(cameraId);
  if (actor === null) return refused('access.notAllowed');
  // Somebody else's camera and one that does not exist are the same refusal.
  if (camera === null || !regionPath.some((region) => actor.territory.includes(region))) return refused('cameras.unknown');
  if (!may(actor, questionSurfaces['evidence.take'].action, { regionPath })) return refused('access.notAllowed');
  if (isMaskedByDefault(camera.cameraClass) && !isLifted(cameraId, asker)) return refused('evidence.needsLift');
  if (camera.masks !== undefined && !gateway.canMask) return refused('cameras.masked', { cameraId });
  return granted({ camera, masks: camera.masks });
}

/** Counts each person's takes of the last minute; answers after how many seconds the next one may be, 0 = now (and then it is counted). */
function createTakeBudget(nowMs: () => number): (personId: PersonId) => number {
  const takes = new Map<PersonId, readonly number[]>();
  return (personId) => {
    const now = nowMs();
    // A clock that was set back must not shut anybody out for longer.
    const recent = (takes.get(personId) ?? []).filter((atMs) => atMs > now - minuteMs && atMs <= now);
    const [oldest = now] = recent;
    if (recent.length >= evidenceLimits.takesPerMinute) return Math.max(1, Math.ceil((oldest + minuteMs - now) / 1000));
    takes.set(personId, [...recent, now]);
    return 0;
  };
}

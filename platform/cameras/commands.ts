import { commandSurfaces, may, type PolicyActor } from '#contract/access/index.ts';
import {
  type CameraCommand,
  type CameraFactDraft,
  type CamerasState,
  decideCamera,
  decideProbed,
  decideSourceChange,
} from '#contract/cameras/index.ts';
import type { ParticularsLink } from '#contract/record/index.ts';
import type { CameraId, RegionId, Result } from '#contract/values/index.ts';
import { granted, refused } from '#contract/values/index.ts';
import type { FactDraft } from '../record/index.ts';

/** Where a camera lies: all regions above it. Empty for an unknown camera. */
export type CameraPath = (cameraId: CameraId) => readonly RegionId[];

/** Decides a person's camera command: by right first (foreign and missing are the same refusal), then by the record. */
export function decideCameraCommand(
  state: CamerasState,
  { command, note, actor, pathOf }: { command: CameraCommand; note?: ParticularsLink | undefined; actor: PolicyActor; pathOf: CameraPath },
): Result<readonly FactDraft[]> {
  const regionPath = pathOf(command.cameraId);
  const isInTerritory = regionPath.some((region) => actor.territory.includes(region));
  if (isInTerritory && !may(actor, commandSurfaces[command.type].action, { regionPath })) return refused('access.notAllowed');
  const decided = decideCamera(state, { command, note, isKnown: () => isInTerritory });
  return decided.ok ? granted(decided.value.map(toFactDraft)) : refused(decided.refusal.code, decided.refusal.params);
}

/** What the gateway noticed, as facts; none when the record already says so. */
export function decideSourceFacts(state: CamerasState, change: Parameters<typeof decideSourceChange>[1]): readonly FactDraft[] {
  return decideSourceChange(state, change).map(toFactDraft);
}

/** What a probe found, as facts; none when the record already says so. */
export function decideProbeFacts(state: CamerasState, found: Parameters<typeof decideProbed>[1]): readonly FactDraft[] {
  return decideProbed(state, found).map(toFactDraft);
}

function toFactDraft({ type, payload }: CameraFactDraft): FactDraft {
  return { type, subject: `camera/${payload.cameraId}`, payload };
}

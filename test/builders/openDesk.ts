import { v7 as newUuid } from 'uuid';
import type { DeviceEnrolled } from '#contract/access/index.ts';
import { connectDesk } from '../fakes/busDesk.ts';
import { enrol, logIn } from './platform.ts';

/** A workstation of the county, enrolled by the duty officer, connected, with the duty officer's session. */
export async function openCountyDesk(url: string) {
  const { session } = await logIn({ url, account: 'duty' });
  const device: DeviceEnrolled = await enrol({ url, session });
  const desk = await connectDesk({ url, device });
  return { desk, session, device };
}

/** A fault report as a desk sends it. */
export function faultReport({
  session,
  deskSeq = 1,
  cameraId = 'east-a',
  fault = 'blurred',
  commandId = newUuid(),
  note,
}: {
  session: string;
  deskSeq?: number;
  cameraId?: string;
  fault?: string;
  commandId?: string;
  /** Words beside it; none = none. */
  note?: string;
}) {
  return {
    commandId,
    deskSeq,
    session,
    askedAtMs: 1_763_800_000_000,
    command: { type: 'cameras.reportFault', cameraId, fault, ...(note === undefined ? {} : { note }) },
  };
}

/** A question for a view, as a wall window asks it. */
export function viewQuestion({ cameraId = 'east-a', tile = 'D1/0' } = {}) {
  const purpose = { kind: 'patrol', reference: null };
  return { type: 'cameras.openView', cameraId, quality: 'sub', purpose, tile, windowId: 'w1' };
}

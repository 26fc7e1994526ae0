import { z } from 'zod';
import { DeskId } from '#contract/values/index.ts';
import type { Secrets } from '#main/shell/index.ts';

/** This workstation's own identity: with it walls look on when nobody is logged in. The key never leaves main. */
export const DeviceIdentity = z.strictObject({ deskId: DeskId, deviceKey: z.string().min(32).max(128) });
export type DeviceIdentity = z.infer<typeof DeviceIdentity>;

const secretName = 'device';

/** The kept identity; null before the first enrolment, or when the shell's secrets did not outlive the process. */
export async function readDevice(secrets: Secrets): Promise<DeviceIdentity | null> {
  const text = await secrets.read(secretName);
  if (text === null) return null;
  try {
    return DeviceIdentity.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

export async function writeDevice(secrets: Secrets, device: DeviceIdentity): Promise<void> {
  await secrets.write(secretName, JSON.stringify(device));
}

/** The platform does not know it any more: the next person who may enrols anew. */
export async function forgetDevice(secrets: Secrets): Promise<void> {
  await secrets.write(secretName, '');
}

import { granted } from '#contract/values/index.ts';
import type { CameraSource } from '#platform/cameras/ports.ts';
import { faulty } from '../faultOf.ts';
import type { InputAsked, InputOpening } from '../protocol.ts';
import { openRtsp, type RtspFront } from '../rtsp/index.ts';
import { type OnvifPorts, openOnvifDevice } from './onvifDevice.ts';
import { profileFor, readProfiles, readStreamUrl } from './profiles.ts';

export { type OnvifDevice, type OnvifPorts, type OnvifRefusalCode, openOnvifDevice } from './onvifDevice.ts';
export { type OnvifProfile, profileFor, readProfiles, readSnapshotUrl } from './profiles.ts';
export { discoverDevices } from './discover.ts';
export { createOnvifPtz } from './ptzDevice.ts';

/** Asks a device for the address of the wanted picture and reads that; asked anew at each start, since devices change it. */
export async function openOnvif(
  { source, ...how }: InputAsked<Extract<CameraSource, { kind: 'onvif' }>>,
  ports: OnvifPorts & { readonly front: RtspFront },
): InputOpening {
  const device = await openOnvifDevice(source.url, ports);
  if (!device.ok) return faulty(device.refusal.code);
  const profiles = await readProfiles(device.value);
  if (!profiles.ok) return faulty(profiles.refusal.code);
  const profile = profileFor(profiles.value, how.quality);
  if (profile === null) return faulty('cameras.onvifNoProfile');
  const transport = how.transport === 'tcp' ? 'tcp' : source.transport;
  const stream = await readStreamUrl(device.value, { ...ports, profile, transport });
  if (!stream.ok) return faulty(stream.refusal.code);
  const opened = await openRtsp({ ...how, source: { kind: 'rtsp', url: stream.value.href, transport: source.transport } }, ports);
  if (opened.ok !== true) return opened;
  const deviceClockOffsetMs = device.value.clockOffsetMs();
  return granted({ ...opened.value, reading: { ...opened.value.reading, protocol: 'onvif', deviceClockOffsetMs } });
}

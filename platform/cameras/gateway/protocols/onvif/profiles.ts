import type { StreamQuality } from '#contract/cameras/index.ts';
import { granted, type Result, refused } from '#contract/values/index.ts';
import { checkSourceUrl } from '../../checkSourceUrl.ts';
import type { OnvifDevice, OnvifPorts, OnvifRefusalCode } from './onvifDevice.ts';
import { elementsOf, textAt, xmlText } from './soap.ts';

/** One media profile of a device. */
export type OnvifProfile = {
  readonly token: string;
  readonly encoding: string;
  readonly width: number;
  readonly height: number;
  readonly canSteer: boolean;
};

/** Why a device's pictures cannot be found. */
export type ProfileRefusalCode = OnvifRefusalCode | 'cameras.onvifNoProfile';

/** The profiles that have video. */
export async function readProfiles(device: OnvifDevice): Promise<Result<readonly OnvifProfile[], ProfileRefusalCode>> {
  const answer = await device.call('media', '<GetProfiles/>');
  if (!answer.ok) return answer;
  const profiles = elementsOf(answer.value, 'Profiles').flatMap((profile): OnvifProfile[] => {
    const video = elementsOf(profile, 'VideoEncoderConfiguration')[0];
    const token = profile.attribute('token');
    if (video === undefined || token === null || token === '' || token.length > 64) return [];
    const [width, height] = ['Width', 'Height'].map((side) => Number(textAt(video, 'Resolution', side) ?? '0'));
    const encoding = (textAt(video, 'Encoding') ?? '').toUpperCase();
    return [{ token, encoding, width: width ?? 0, height: height ?? 0, canSteer: elementsOf(profile, 'PTZConfiguration').length > 0 }];
  });
  return profiles.length === 0 ? refused('cameras.onvifNoProfile') : granted(profiles);
}

/** `main` is the largest picture, `sub` the smallest that every window can decode (H.264), else the smallest. */
export function profileFor(profiles: readonly OnvifProfile[], quality: StreamQuality): OnvifProfile | null {
  const bySize = profiles.toSorted((a, b) => a.width * a.height - b.width * b.height);
  if (quality === 'main') return bySize.at(-1) ?? null;
  return bySize.find(({ encoding }) => encoding === 'H264') ?? bySize[0] ?? null;
}

/** Where a profile's pictures come from, with the device's account where they come from the device itself. */
export async function readStreamUrl(
  device: OnvifDevice,
  { profile, transport, networks }: { profile: OnvifProfile; transport: 'tcp' | 'udp' } & Pick<OnvifPorts, 'networks'>,
): Promise<Result<URL, ProfileRefusalCode>> {
  const schema = 'xmlns="http://www.onvif.org/ver10/schema"';
  const setup =
    `<StreamSetup><Stream ${schema}>RTP-Unicast</Stream><Transport ${schema}>` +
    `<Protocol>${transport === 'udp' ? 'UDP' : 'RTSP'}</Protocol></Transport></StreamSetup>`;
  const answer = await device.call('media', `<GetStreamUri>${setup}<ProfileToken>${xmlText(profile.token)}</ProfileToken></GetStreamUri>`);
  if (!answer.ok) return answer;
  const checked = checkSourceUrl(textAt(answer.value, 'Uri') ?? '', { networks, schemes: ['rtsp', 'rtsps'] });
  return checked.ok ? granted(withAccount(checked.value, device.address)) : checked;
}

/** Where a profile's still picture is asked for; null where the device has none. */
export async function readSnapshotUrl(
  device: OnvifDevice,
  { profile, networks }: { profile: OnvifProfile } & Pick<OnvifPorts, 'networks'>,
): Promise<Result<URL | null, ProfileRefusalCode>> {
  const answer = await device.call('media', `<GetSnapshotUri><ProfileToken>${xmlText(profile.token)}</ProfileToken></GetSnapshotUri>`);
  if (!answer.ok) return answer.refusal.code === 'cameras.onvifRefused' ? granted(null) : answer;
  const checked = checkSourceUrl(textAt(answer.value, 'Uri') ?? '', { networks, schemes: ['http', 'https'] });
  return checked.ok ? granted(withAccount(checked.value, device.address)) : checked;
}

// Somebody else's host is told nothing of this device's password.
function withAccount(url: URL, device: URL): URL {
  if (url.hostname !== device.hostname || url.username !== '') return url;
  const own = new URL(url);
  own.username = device.username;
  own.password = device.password;
  if (own.protocol.endsWith('s:')) own.hash = device.hash;
  return own;
}

import { granted } from '#contract/values/index.ts';
import type { CameraSource } from '#platform/cameras/ports.ts';
import { checkSourceUrl, type SourceNetworks } from '../../checkSourceUrl.ts';
import { accountOf } from '../../device/account.ts';
import type { PasswordTries } from '../../device/passwordTries.ts';
import { faultOf, faulty } from '../faultOf.ts';
import type { InputAsked, InputOpening } from '../protocol.ts';
import type { RtspFront } from './rtspFront.ts';

export { createRtspFront, type RtspFront } from './rtspFront.ts';

// Microseconds. A camera that does not answer for 5 s is gone; ffmpeg's own default waits for ever.
const socketTimeoutUs = 5_000_000;

// A camera whose session description holds its parameters plays half a second after the start; ffmpeg's own default studies for five.
const studyUs = { quick: '500000', patient: '8000000' } as const;

type RtspSource = Extract<CameraSource, { kind: 'rtsp' }>;

/**
 * Reads an IP camera, over TCP by default (ports.ts) and over TLS always so: media over UDP beside it would be readable by everybody.
 * Only the video is set up, so a camera's odd audio cannot delay the start.
 */
export async function openRtsp(
  { source, study, transport }: InputAsked<RtspSource>,
  { networks, front, tries }: { networks: SourceNetworks; front: RtspFront; tries: PasswordTries },
): InputOpening {
  const checked = checkSourceUrl(source.url, { networks, schemes: ['rtsp', 'rtsps'] });
  if (!checked.ok) return checked;
  const account = accountOf(checked.value);
  // Not even asked: some cameras count every conversation of an account that they have locked.
  if (account !== null && tries.waitMs(account) > 0) return faulty('cameras.wrongPassword');
  const asked = checked.value.protocol === 'rtsps:' ? 'tcp' : source.transport;
  const used = transport === 'tcp' ? 'tcp' : asked;
  const opened = await front.open(checked.value);
  const input = [
    ...['-protocol_whitelist', 'rtsp,rtp,tcp,udp', '-rtsp_transport', used, '-allowed_media_types', 'video'],
    ...['-timeout', String(socketTimeoutUs), '-fflags', '+genpts', '-analyzeduration', studyUs[study], '-i', opened.localUrl],
  ];
  return granted({
    arguments: input,
    reading: { protocol: 'rtsp', transport: used, isFallback: used !== asked, deviceClockOffsetMs: null },
    audio: opened.audio,
    feed: null,
    fault: () => faultOf(opened.fault()),
    close: opened.close,
  });
}

import type { CameraSource } from '#platform/cameras/ports.ts';
import { granted } from '#contract/values/index.ts';
import { checkSourceUrl } from '../checkSourceUrl.ts';
import type { SourceProtocol } from './protocol.ts';

// Microseconds. A camera that does not answer for 5 s is gone; ffmpeg's own default waits for ever.
const socketTimeoutUs = 5_000_000;

// A camera whose session description holds its parameters plays half a second after the start; ffmpeg's own default studies for five.
const studyUs = { quick: '500000', patient: '8000000' } as const;

/** Reads an IP camera. TCP by default (ports.ts); only the video is set up, so a camera's odd audio cannot delay the start. */
export const rtspInput: SourceProtocol<Extract<CameraSource, { kind: 'rtsp' }>> = ({ source, networks, study }) => {
  const checked = checkSourceUrl(source.url, networks);
  if (!checked.ok) return checked;
  return granted([
    '-protocol_whitelist',
    'rtsp,rtsps,rtp,srtp,tcp,udp,tls',
    '-rtsp_transport',
    source.transport,
    '-allowed_media_types',
    'video',
    '-timeout',
    String(socketTimeoutUs),
    '-fflags',
    '+genpts',
    '-analyzeduration',
    studyUs[study],
    '-i',
    checked.value.href,
  ]);
};

import { granted, refused } from '#contract/values/index.ts';
import type { CameraSource } from '#platform/cameras/ports.ts';
import { faulty } from '../faultOf.ts';
import type { InputAsked, InputOpening } from '../protocol.ts';
import type { RtmpIntake } from './rtmpIntake.ts';

export { createRtmpIntake, type RtmpIntake } from './rtmpIntake.ts';

const reading = { protocol: 'rtmp', transport: null, isFallback: false, deviceClockOffsetMs: null } as const;
const studyUs = { quick: '500000', patient: '8000000' } as const;

/** Reads what a camera sends by itself, as long as it does. */
export async function openRtmp(
  { source, study }: InputAsked<Extract<CameraSource, { kind: 'rtmp' }>>,
  { intake }: { intake: RtmpIntake | null },
): InputOpening {
  if (intake === null) return refused('cameras.rtmpClosed');
  const publisher = intake.publisherOf(source.streamKey);
  if (publisher === null) return faulty('cameras.rtmpNobody');
  if (publisher.isPlayable() === false) return faulty('cameras.rtmpCodec');
  let leave = () => {};
  return granted({
    arguments: ['-protocol_whitelist', 'pipe', '-f', 'flv', '-analyzeduration', studyUs[study], '-i', 'pipe:0'],
    reading,
    feed(stdin) {
      // A reader that does not keep up is a machine that does not: it is ended and starts again with the newest pictures.
      leave = publisher.read((bytes) => {
        if (stdin.writableLength > 8 * 1024 * 1024) stdin.destroy();
        else stdin.write(bytes);
      });
    },
    fault: () => null,
    close: () => leave(),
  });
}

import type { MeasuredStream, ProbeQuestion, ProbeState } from '#contract/cameras/index.ts';
import { granted, type Result } from '#contract/values/index.ts';

const main: MeasuredStream = {
  ...{ outcome: 'measured', quality: 'main', plays: 'encoded', codec: 'hevc', profile: 'Main', level: '4.1' },
  ...{ widthPx: 2560, heightPx: 1440, sizes: 1, framesPerSecond: 25, group: { frames: 300, seconds: 12, isAtLeast: false } },
  ...{ hasBFrames: false, bitsPerSecond: 2_100_000, audio: 'pcma', transport: 'tcp', isFallback: false },
  ...{ pictureTime: 'camera', clockOffsetMs: 182_000, firstPictureMs: 2_300 },
};

/** A camera of two streams as most are: a large H.265 one with far apart key frames, and a good small one. */
export const probedStreams: readonly [MeasuredStream, MeasuredStream] = [
  main,
  {
    ...main,
    ...{ quality: 'sub', plays: 'asItIs', codec: 'h264', profile: 'High', level: '3.0', widthPx: 640, heightPx: 360 },
    ...{ group: { frames: 50, seconds: 2, isAtLeast: false }, bitsPerSecond: 412_000, clockOffsetMs: null, pictureTime: 'arrival' },
  },
];

/** A probe that is done the second time somebody asks how it stands. */
export function createFakeProbes() {
  let asked: number | null = null;
  return (question: ProbeQuestion): Result<ProbeState> => {
    if (question.type === 'cameras.probe') asked = 0;
    else if (asked !== null) asked += 1;
    if (asked === null) return granted({ kind: 'none' });
    if (asked < 2) return granted({ kind: 'running', sinceMs: Date.now() });
    return granted({ kind: 'done', probe: { atMs: Date.now(), streams: [...probedStreams] } });
  };
}

import { expect, test } from 'vitest';
import { CameraId } from '#contract/values/index.ts';
import { type MeasuredStream, probeLimits, type StreamProbe } from './probe.ts';
import { decideProbed, decideProbesOutdated, isSameProbe } from './probeRules.ts';
import { type CameraFact, type CamerasState, decideMoves, evolveCamerasAll } from './rules.ts';

const cameraId = CameraId.parse('al-0001');
const stream: MeasuredStream = {
  ...{ outcome: 'measured', quality: 'sub', plays: 'asItIs', codec: 'h264', profile: 'Main', level: '3.0' },
  ...{ widthPx: 640, heightPx: 360, sizes: 1, framesPerSecond: 12.5, group: { frames: 25, seconds: 2, isAtLeast: false } },
  ...{ hasBFrames: false, bitsPerSecond: 400_000, audio: null, transport: 'tcp', isFallback: false },
  ...{ pictureTime: 'camera', clockOffsetMs: 100, firstPictureMs: 800 },
};
const found = (atMs: number, streams: StreamProbe[] = [stream]) => ({ cameraId, probe: { atMs, streams } });

function after(state: CamerasState, atMs: number, drafts: readonly Pick<CameraFact, 'type' | 'payload'>[]): CamerasState {
  return evolveCamerasAll(
    state,
    drafts.map((draft) => ({ ...draft, atMs }) as CameraFact),
  );
}

test('what was found is a fact, folded with its time; the same again is none for a day, and then its time is new', () => {
  const first = after(new Map(), 1_000, decideProbed(new Map(), found(1_000)));
  expect(first.get(cameraId)).toMatchObject({ version: 1, probed: { atMs: 1_000, streams: [stream] } });
  expect(decideProbed(first, found(1_000 + probeLimits.toldAgainMs - 1))).toEqual([]);
  expect(decideProbed(first, found(1_000 + probeLimits.toldAgainMs))).toMatchObject([{ type: 'cameras.probed', payload: { version: 2 } }]);
});

test('something else than before is told at once', () => {
  const state = after(new Map(), 1_000, decideProbed(new Map(), found(1_000)));
  const other = found(2_000, [{ outcome: 'failed', quality: 'sub', reason: 'noData', code: null }]);
  expect(decideProbed(state, other)).toMatchObject([{ type: 'cameras.probed', payload: { version: 2 } }]);
});

test.each<[string, Partial<MeasuredStream>, boolean]>([
  [
    'a little more or less of everything',
    { framesPerSecond: 12.3, bitsPerSecond: 520_000, firstPictureMs: 1_500, clockOffsetMs: 900 },
    true,
  ],
  ['a first picture that is late now', { firstPictureMs: 4_500 }, false],
  ['another size', { widthPx: 704 }, false],
  ['another codec', { codec: 'hevc' }, false],
  ['key frames four times as far apart', { group: { frames: 100, seconds: 8, isAtLeast: false } }, false],
  ['half as many pictures', { framesPerSecond: 6 }, false],
  ['a clock that is off now', { clockOffsetMs: 30_000 }, false],
  ['a clock that nothing proves now', { clockOffsetMs: null, pictureTime: 'arrival' }, false],
])('%s: is it the same?', (_what, change, isSame) => {
  expect(isSameProbe([stream], [{ ...stream, ...change }])).toBe(isSame);
});

test('a new address takes the grade away, once; a camera that has none loses nothing', () => {
  const state = after(new Map(), 1_000, decideProbed(new Map(), found(1_000)));
  const outdated = decideProbesOutdated(state, [cameraId, CameraId.parse('al-0002')]);
  expect(outdated).toEqual([{ type: 'cameras.probeOutdated', payload: { cameraId, version: 2 } }]);
  const next = after(state, 2_000, outdated);
  expect([next.get(cameraId)?.probed, decideProbesOutdated(next, [cameraId])]).toEqual([null, []]);
});

test('a camera that moves to another town takes its grade along', () => {
  const state = after(new Map(), 1_000, decideProbed(new Map(), found(1_000)));
  const there = after(new Map(), 2_000, decideMoves(state, [{ cameraId, leaves: 'some' }]));
  expect(there.get(cameraId)?.probed).toEqual({ atMs: 1_000, streams: [stream] });
});

import { expect, test } from 'vitest';
import { type Grade, gradeOf, type RemarkCode } from './grade.ts';
import type { MeasuredStream, StreamProbe } from './probe.ts';

const good: MeasuredStream = {
  ...{ outcome: 'measured', quality: 'main', plays: 'asItIs', codec: 'h264', profile: 'High', level: '4.0' },
  ...{ widthPx: 1920, heightPx: 1080, sizes: 1, framesPerSecond: 25, group: { frames: 50, seconds: 2, isAtLeast: false } },
  ...{ hasBFrames: false, bitsPerSecond: 4_000_000, audio: 'none', transport: 'tcp', isFallback: false },
  ...{ pictureTime: 'camera', clockOffsetMs: 120, firstPictureMs: 900 },
};
const sub: MeasuredStream = { ...good, quality: 'sub', widthPx: 640, heightPx: 360 };
const failed = (quality: 'main' | 'sub'): StreamProbe => ({ outcome: 'failed', quality, reason: 'noData', code: null });
const windowOnly: StreamProbe = { outcome: 'windowOnly', quality: 'sub' };

const cases: readonly [what: string, streams: StreamProbe[], expected: Grade, ...remarks: RemarkCode[]][] = [
  ['two streams as they should be', [good, sub], 'good'],
  ['no small stream', [good], 'remarks', 'noSub'],
  ['key frames 10 s apart', [{ ...good, group: { frames: 250, seconds: 10, isAtLeast: false } }, sub], 'remarks', 'smartCodec'],
  ['key frames just under 10 s apart', [{ ...good, group: { frames: 249, seconds: 9.96, isAtLeast: false } }, sub], 'good'],
  ['no second key frame for 15 s', [{ ...good, group: { frames: 375, seconds: 15, isAtLeast: true } }, sub], 'remarks', 'smartCodec'],
  ['B frames', [good, { ...sub, hasBFrames: true }], 'remarks', 'bFrames'],
  ['H.265 that is encoded', [{ ...good, codec: 'hevc', plays: 'encoded' }, sub], 'remarks', 'encoded'],
  ['H.265 where nothing is encoded, H.264 beside it', [{ ...good, plays: 'notAtAll' }, sub], 'remarks', 'notPlayable'],
  ['H.265 where nothing is encoded, and nothing else', [{ ...good, plays: 'notAtAll' }], 'unusable', 'notPlayable', 'noSub'],
  ['six pictures a second', [good, { ...sub, framesPerSecond: 6 }], 'remarks', 'slow'],
  ['ten pictures a second by its own clock', [good, { ...sub, framesPerSecond: 9.8 }], 'good'],
  ['a first picture after 5 s', [{ ...good, firstPictureMs: 5_000 }, sub], 'remarks', 'late'],
  ['a size that changes', [{ ...good, sizes: 2 }, sub], 'remarks', 'variableSize'],
  ['UDP that does not get through', [{ ...good, isFallback: true }, sub], 'remarks', 'udpFallback'],
  ['a clock three minutes behind', [{ ...good, clockOffsetMs: 180_000 }, sub], 'remarks', 'clockBehind'],
  ['a clock two minutes ahead', [{ ...good, clockOffsetMs: -120_000 }, sub], 'remarks', 'clockAhead'],
  ['a clock nobody can prove', [{ ...good, clockOffsetMs: null, pictureTime: 'arrival' }, sub], 'good'],
  ['a small stream as large as the other', [good, { ...sub, widthPx: 1920, heightPx: 1080 }], 'remarks', 'subTooLarge'],
  ['a small stream of 4CIF', [good, { ...sub, widthPx: 704, heightPx: 576 }], 'good'],
  ['one stream that does not come', [failed('main'), sub], 'remarks', 'failed'],
  ['both that do not come', [failed('main'), failed('sub')], 'unusable', 'failed', 'failed'],
  ['what only windows can play', [windowOnly], 'unknown', 'windowOnly'],
  ['what nothing is known of', [{ ...sub, group: null, hasBFrames: null, framesPerSecond: null, firstPictureMs: null }, good], 'good'],
];

test.each(cases)('%s', (_what, streams, ...expected) => {
  const graded = gradeOf({ streams });
  expect([graded.grade, ...graded.remarks.map(({ code }) => code)]).toEqual(expected);
});

test('a remark names its stream and what it is about', () => {
  const { remarks } = gradeOf({ streams: [{ ...good, clockOffsetMs: 180_000 }, failed('sub')] });
  expect(remarks).toEqual([
    { code: 'clockBehind', quality: 'main', params: { offsetMs: 180_000 } },
    { code: 'failed', quality: 'sub', refusal: 'cameras.noData' },
  ]);
});

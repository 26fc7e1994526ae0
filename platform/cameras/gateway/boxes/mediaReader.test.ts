import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { fragmentedClip } from '../testing/fragmentedClip.ts';
import { createMediaReader, type MediaEvent, type MediaFragment } from './mediaReader.ts';

let clip: Uint8Array;
beforeAll(() => {
  clip = fragmentedClip({ seconds: 2 });
});

function readAll(bytes: Uint8Array, { chunkBytes = bytes.length, startAtS = 0 } = {}): MediaEvent[] {
  const reader = createMediaReader({ startAtS });
  const events: MediaEvent[] = [];
  for (let at = 0; at < bytes.length; at += chunkBytes) events.push(...reader.push(bytes.subarray(at, at + chunkBytes)));
  return events;
}

const fragmentsIn = (events: readonly MediaEvent[]): MediaFragment[] =>
  events.flatMap((event) => (event.kind === 'fragment' ? [event.fragment] : []));
const kindsOf = (events: readonly MediaEvent[]) => [...new Set(events.map(({ kind }) => kind))];

test("ffmpeg's output becomes an init segment and fragments with their times and key frames", () => {
  const [first, ...rest] = readAll(clip);
  expect(first).toMatchObject({
    kind: 'init',
    init: { mimeType: expect.stringMatching(/codecs="avc1\.[0-9a-f]{6}"/), widthPx: 320, heightPx: 180 },
  });
  const fragments = fragmentsIn(rest);
  expect(fragments).toHaveLength(rest.length);
  expect(fragments[0]).toMatchObject({ isKey: true, mediaTime: 0 });
  expect(fragments.filter(({ isKey }) => isKey).map(({ mediaTime }) => Math.round(mediaTime * 100))).toEqual([0, 96, 192]);
  expect(fragments.reduce((sum, { durationS }) => sum + durationS, 0)).toBeCloseTo(2);
  for (const [index, { mediaTime }] of fragments.entries()) {
    const before = fragments[index - 1];
    expect(mediaTime).toBeCloseTo(before === undefined ? 0 : before.mediaTime + before.durationS);
  }
  expect(fragments.every(({ clockMs }) => Math.abs((clockMs ?? 0) - Date.now()) < 60_000)).toBe(true);
});

test('the bytes come back whole however the pipe cuts them', () => {
  const whole = readAll(clip);
  expect(readAll(clip, { chunkBytes: 1 })).toEqual(whole);
  expect(readAll(clip, { chunkBytes: 1021 })).toEqual(whole);
});

test('a later run is moved to where the earlier one ended, in its bytes too', () => {
  const moved = readAll(clip, { startAtS: 100 });
  expect(fragmentsIn(moved)[0]?.mediaTime).toBe(100);
  const parts = moved.flatMap((event) =>
    event.kind === 'init' ? [event.init.bytes] : event.kind === 'fragment' ? [event.fragment.bytes] : [],
  );
  // Read again as it is: a reader that starts at 0 keeps distances, and the decode time in the bytes is the moved one.
  const bytes = Buffer.concat(parts);
  const tfdt = bytes.indexOf('tfdt');
  expect(Number(bytes.readBigUInt64BE(tfdt + 8)) % 100).toBe(0);
  expect(Number(bytes.readBigUInt64BE(tfdt + 8))).toBeGreaterThan(0);
  expect(fragmentsIn(readAll(bytes)).map(({ durationS }) => durationS)).toEqual(fragmentsIn(moved).map(({ durationS }) => durationS));
});

test('a codec that windows cannot show is unplayable, with its name', () => {
  const video = { codec: 'hevc', profile: 'Main', level: '2.0' };
  expect(readAll(fragmentedClip({ seconds: 1, codec: 'hevc' }))).toMatchObject([
    { kind: 'unplayable', why: 'codec hev1', isForeignCodec: true, init: { video, widthPx: 320, heightPx: 180 } },
  ]);
});

test('a stream that is cut off gives what came whole and no complaint', () => {
  const all = fragmentsIn(readAll(clip));
  const events = readAll(clip.subarray(0, clip.length - 10));
  expect(kindsOf(events)).toEqual(['init', 'fragment']);
  expect(fragmentsIn(events)).toEqual(all.slice(0, -1));
});

test.each([
  ['text instead of MP4', Buffer.from('HTTP/1.1 200 OK\r\n\r\n')],
  ['a box without an end', Buffer.from([0, 0, 0, 0, ...Buffer.from('mdat'), 1, 2])],
  ['a box smaller than its header', Buffer.from([0, 0, 0, 4, ...Buffer.from('moov')])],
  ['a box of 2 GiB', Buffer.from([0x7f, 0xff, 0xff, 0xff, ...Buffer.from('mdat')])],
  ['pictures before any init segment', Buffer.from([0, 0, 0, 12, ...Buffer.from('mdat'), 1, 2, 3, 4])],
  ['an empty moov', Buffer.from([0, 0, 0, 8, ...Buffer.from('moov')])],
])('%s is unplayable, and nothing is read after it', (_what, bytes) => {
  expect(kindsOf(readAll(Buffer.concat([bytes, clip])))).toEqual(['unplayable']);
});

test('flipped bytes anywhere never throw', () => {
  const head = clip.subarray(0, 4_000);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(head.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 }), (flips) => {
      const bytes = Uint8Array.from(head);
      for (const [at, value] of flips) bytes[at] = value;
      for (const { durationS, mediaTime } of fragmentsIn(readAll(bytes))) {
        expect(Number.isFinite(durationS) && Number.isFinite(mediaTime)).toBe(true);
      }
    }),
    { seed: 7, numRuns: 400 },
  );
});

test('a picture that changes its size ends the run, so that windows get a new init segment; the same parameters again do not', () => {
  const small = fragmentedClip({ seconds: 2, parameters: 'withPictures' });
  const large = fragmentedClip({ seconds: 2, parameters: 'withPictures', size: '640x360' });
  expect(kindsOf(readAll(small))).toEqual(['init', 'fragment']);
  // What a camera does that is switched: the stream goes on under the old init segment.
  const switched = Buffer.concat([small, large.subarray(Buffer.from(large).indexOf('moof') - 4)]);
  const events = readAll(switched);
  expect([kindsOf(events), events.at(-1)]).toEqual([['init', 'fragment', 'changed'], { kind: 'changed' }]);
  expect(fragmentsIn(events)).toHaveLength(fragmentsIn(readAll(small)).length);
});

import { expect, test } from 'vitest';
import { fragmentOf } from '../testing/fragment.ts';
import { lowLatencyText, playlistText } from './playlistText.ts';
import { createSegmentWindow, type SegmentWindow } from './segmentWindow.ts';

const initOf = (run: number) => ({ run, bytes: Uint8Array.of(run), mimeType: 'video/mp4' });

function createWindow(options: Partial<Parameters<typeof createSegmentWindow>[0]> = {}): SegmentWindow {
  const window = createSegmentWindow({ targetS: 2, partS: 0.5, listed: 3, maxSegmentBytes: 1_000_000, firstNumber: 100, ...options });
  window.addInit(initOf(1));
  return window;
}

/** Fragments of a quarter of a second, a key frame every `gop`. */
function add(window: SegmentWindow, { from, to, gop, run = 1 }: { from: number; to: number; gop: number; run?: number }) {
  for (let number = from; number <= to; number += 1) window.addFragment(fragmentOf({ number, run, isKey: (number - from) % gop === 0 }));
}

const listed = (window: SegmentWindow) => window.list().segments.map(({ number, durationS }) => [number, durationS]);

test('segments are cut at the first key frame after two seconds', () => {
  const window = createWindow();
  add(window, { from: 1, to: 17, gop: 4 });
  expect(listed(window)).toEqual([
    [100, 2],
    [101, 2],
  ]);
});

test('groups longer than the target make longer segments, and the playlist says so', () => {
  const window = createWindow();
  add(window, { from: 1, to: 41, gop: 20 });
  expect(listed(window)).toEqual([
    [100, 5],
    [101, 5],
  ]);
  expect(playlistText(window.list())).toContain('#EXT-X-TARGETDURATION:5\n');
});

test('the newest segments are listed, the ones just gone can still be fetched', () => {
  const window = createWindow();
  add(window, { from: 1, to: 8 * 7 + 1, gop: 8 });
  expect(listed(window).map(([number]) => number)).toEqual([104, 105, 106]);
  expect([101, 102, 103, 106, 107].map((number) => window.segment(number)?.number ?? null)).toEqual([null, 102, 103, 106, null]);
});

test('a playlist names times, init segments and discontinuities', () => {
  const window = createWindow();
  add(window, { from: 1, to: 9, gop: 8 });
  window.addInit(initOf(2));
  add(window, { from: 13, to: 21, gop: 8, run: 2 });
  expect(playlistText(window.list())).toBe(`#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-TARGETDURATION:2
#EXT-X-MEDIA-SEQUENCE:100
#EXT-X-DISCONTINUITY-SEQUENCE:0
#EXT-X-MAP:URI="init-1.mp4"
#EXT-X-PROGRAM-DATE-TIME:2025-11-22T08:26:40.000Z
#EXTINF:2.000,
seg-100.m4s
#EXT-X-PROGRAM-DATE-TIME:2025-11-22T08:26:42.000Z
#EXTINF:0.250,
seg-101.m4s
#EXT-X-DISCONTINUITY
#EXT-X-MAP:URI="init-2.mp4"
#EXT-X-PROGRAM-DATE-TIME:2025-11-22T08:26:43.000Z
#EXTINF:2.000,
seg-102.m4s
`);
});

test('a discontinuity that left the list is counted, and its old init segment is forgotten', () => {
  const window = createWindow();
  add(window, { from: 1, to: 9, gop: 8 });
  window.addInit(initOf(2));
  add(window, { from: 13, to: 13 + 8 * 6, gop: 8, run: 2 });
  expect(window.list()).toMatchObject({ discontinuitySequence: 1 });
  expect([window.init(1), window.init(2)]).toEqual([null, Uint8Array.of(2)]);
});

test('a segment without end is dropped, not kept in memory, and what follows is marked', () => {
  const window = createWindow({ maxSegmentBytes: 20_000 });
  add(window, { from: 1, to: 60, gop: 100 });
  add(window, { from: 61, to: 69, gop: 8 });
  expect(window.list().segments).toEqual([expect.objectContaining({ number: 100, isDiscontinuous: true })]);
});

const lowLatency = (window: SegmentWindow) => lowLatencyText({ ...window.list(), nextNumber: window.nextNumber() });

test('a low-latency playlist names the parts of the newest segments, the open one, and the part that comes next', () => {
  const window = createWindow({ listed: 2 });
  add(window, { from: 1, to: 21, gop: 8 });
  expect(lowLatency(window)).toBe(`#EXTM3U
#EXT-X-VERSION:9
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-TARGETDURATION:2
#EXT-X-MEDIA-SEQUENCE:100
#EXT-X-DISCONTINUITY-SEQUENCE:0
#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=1.500
#EXT-X-PART-INF:PART-TARGET=0.500
#EXT-X-MAP:URI="init-1.mp4"
#EXT-X-PROGRAM-DATE-TIME:2025-11-22T08:26:40.000Z
#EXT-X-PART:DURATION=0.500,URI="part-100-0.m4s",INDEPENDENT=YES
#EXT-X-PART:DURATION=0.500,URI="part-100-1.m4s"
#EXT-X-PART:DURATION=0.500,URI="part-100-2.m4s"
#EXT-X-PART:DURATION=0.500,URI="part-100-3.m4s"
#EXTINF:2.000,
seg-100.m4s
#EXT-X-PROGRAM-DATE-TIME:2025-11-22T08:26:42.000Z
#EXT-X-PART:DURATION=0.500,URI="part-101-0.m4s",INDEPENDENT=YES
#EXT-X-PART:DURATION=0.500,URI="part-101-1.m4s"
#EXT-X-PART:DURATION=0.500,URI="part-101-2.m4s"
#EXT-X-PART:DURATION=0.500,URI="part-101-3.m4s"
#EXTINF:2.000,
seg-101.m4s
#EXT-X-PROGRAM-DATE-TIME:2025-11-22T08:26:44.000Z
#EXT-X-PART:DURATION=0.500,URI="part-102-0.m4s",INDEPENDENT=YES
#EXT-X-PART:DURATION=0.500,URI="part-102-1.m4s"
#EXT-X-PRELOAD-HINT:TYPE=PART,URI="part-102-2.m4s"
`);
});

test.each([1, 3, 7, 8, 11, 40])(
  'whatever the group of pictures (%i fragments), parts add up to their segment and none is above the target',
  (gop) => {
    const window = createWindow();
    add(window, { from: 1, to: 130, gop });
    const { segments, partTargetS } = window.list();
    expect(segments.length).toBeGreaterThan(1);
    for (const { parts, durationS } of segments) {
      expect(parts.reduce((sum, part) => sum + part.durationS, 0)).toBeCloseTo(durationS, 6);
      expect(Math.max(...parts.map((part) => part.durationS))).toBeLessThanOrEqual(partTargetS);
      expect(parts[0]?.isIndependent).toBe(true);
    }
  },
);

test('a part is found while its segment is filled and afterwards, and one that never was is none', () => {
  const window = createWindow();
  add(window, { from: 1, to: 6, gop: 8 });
  expect([window.part({ number: 100, part: 2 })?.durationS, window.part({ number: 100, part: 3 })]).toEqual([0.5, null]);
  add(window, { from: 7, to: 8, gop: 100 });
  window.addFragment(fragmentOf({ number: 9, isKey: true }));
  expect(window.part({ number: 100, part: 2 })?.durationS).toBe(0.5);
  expect(window.part({ number: 100, part: 9 })).toBeNull();
  expect(window.part({ number: 7, part: 0 })).toBeNull();
});

import { beforeAll, expect, test } from 'vitest';
import { type CameraId, granted, refused } from '#contract/values/index.ts';
import { createMediaReader } from '../boxes/mediaReader.ts';
import type { SourceFragment, SourceInit, SourceViewer } from '../source/pictures.ts';
import { fragmentedClip } from '../testing/fragmentedClip.ts';
import { createHandTimers } from '../testing/handTimers.ts';
import { createSnapshots } from './takeSnapshot.ts';

type Key = { readonly init: SourceInit; readonly fragment: SourceFragment };
type Pool = Parameters<typeof createSnapshots>[0]['pool'];

const cameraId = 'c1' as CameraId;
const asked = { cameraId, mostBytes: 1_000_000, markOf: () => ({ lines: ['x'], trace: 'x' }) };

let key: Key;
beforeAll(() => {
  const events = createMediaReader({ startAtS: 0 }).push(fragmentedClip());
  const init = events.find((event) => event.kind === 'init');
  const fragment = events.find((event) => event.kind === 'fragment');
  if (init === undefined || fragment === undefined) throw new Error('no clip');
  const times = { number: 1, run: 1, arrivedAtMs: 10_000, sourceAtMs: null, clockOffsetMs: null };
  key = { init: { run: 1, ...init.init }, fragment: { ...fragment.fragment, ...times } };
});

/** A gateway with these keys in memory; what is watched waits for the test. */
function open({ keys = {}, font = 'Some Sans', watch }: { keys?: Record<string, Key>; font?: string | null; watch?: Pool['watch'] } = {}) {
  const watched: { quality: string; viewer: SourceViewer; hasLeft: boolean }[] = [];
  const drawn: { units: readonly Uint8Array[]; picture: object; mark: object }[] = [];
  const hand = createHandTimers();
  const pool: Pool = {
    newestKey: ({ quality, masks }) => keys[`${quality}${masks === undefined ? '' : ' masked'}`] ?? null,
    watch:
      watch ??
      (({ quality, viewer }) => {
        const one = { quality, viewer, hasLeft: false };
        watched.push(one);
        return granted(() => void (one.hasLeft = true));
      }),
  };
  const take = createSnapshots({
    pool,
    timers: hand.timers,
    findFont: async () => font,
    draw: async (given) => (drawn.push(given), Uint8Array.of(1)),
  });
  return { take, watched, drawn, hand };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('the full picture that is in memory goes before the small one, and nothing is opened for it', async () => {
  const { take, watched, drawn } = open({ keys: { main: key, sub: key } });
  const taken = await take(asked);
  expect([taken, watched]).toEqual([
    granted({ jpeg: Uint8Array.of(1), atMs: 10_000 - key.fragment.durationS * 1000, isProven: false, widthPx: 320, heightPx: 180 + 30 }),
    [],
  ]);
  expect(drawn).toMatchObject([{ picture: { widthPx: 320, heightPx: 180 }, mark: { font: 'Some Sans', lines: ['x'] } }]);
});

test('the time of a picture is proven when the camera’s own clock is', async () => {
  const proven = { ...key, fragment: { ...key.fragment, sourceAtMs: 5_000, clockOffsetMs: 120 } };
  expect(await open({ keys: { main: proven } }).take(asked)).toMatchObject({ value: { atMs: 5_120, isProven: true } });
});

test('with masks only the masked rendition will do, also where the plain one is in memory', async () => {
  const masks = [
    [
      [0, 0],
      [1, 0],
      [1, 1],
    ],
  ] as never;
  const plainOnly = open({ keys: { main: key, sub: key } });
  const waiting = plainOnly.take({ ...asked, masks });
  await settled();
  expect([plainOnly.drawn, plainOnly.watched.map(({ quality }) => quality)]).toEqual([[], ['main']]);
  plainOnly.hand.advanceMs(6_000);
  expect(await waiting).toEqual(refused('evidence.noPicture'));
  expect((await open({ keys: { 'sub masked': key } }).take({ ...asked, masks })).ok).toBe(true);
});

test('a camera that nobody looks at is opened, its first key picture taken, and left again', async () => {
  const { take, watched } = open();
  const waiting = take(asked);
  await settled();
  const [one] = watched;
  one?.viewer.onInit(key.init);
  one?.viewer.onFragment({ ...key.fragment, isKey: false });
  await settled();
  expect(one?.hasLeft).toBe(false);
  one?.viewer.onFragment(key.fragment);
  expect([(await waiting).ok, watched.length, one?.hasLeft]).toEqual([true, 1, true]);
});

test.each([
  ['is lost', (viewer: SourceViewer) => viewer.onCondition({ kind: 'lost', sinceMs: 0, reason: 'noData' as never })],
  ['sends nothing for six seconds', (_: SourceViewer, advanceMs: (byMs: number) => void) => advanceMs(6_000)],
])('a camera that %s has no picture, and is left', async (_, happens) => {
  const { take, watched, hand } = open();
  const waiting = take(asked);
  await settled();
  const [one] = watched;
  if (one !== undefined) happens(one.viewer, hand.advanceMs);
  expect([await waiting, one?.hasLeft, hand.waiting()]).toEqual([refused('evidence.noPicture'), true, 0]);
});

test('a camera that may not be opened has no picture', async () => {
  const { take } = open({ watch: () => refused('cameras.notConnected') });
  expect(await take(asked)).toEqual(refused('evidence.noPicture'));
});

test('without a font that can write the mark nothing is opened and nothing is taken', async () => {
  const { take, watched, drawn } = open({ keys: { main: key }, font: null });
  expect([await take(asked), watched, drawn]).toEqual([refused('evidence.cannotMark'), [], []]);
});

import { expect, test } from 'vitest';
import type { MediaInit } from '../boxes/mediaReader.ts';
import { createStreamMeter } from './streamMeter.ts';

const init = (codec = 'h264', widthPx = 640): MediaInit => ({
  ...{ bytes: new Uint8Array(), mimeType: '', widthPx, heightPx: 360 },
  video: { codec, profile: 'Main', level: '3.0' },
});
/** A quarter of a second of twelve pictures a second. */
const fragment = (more: { isKey?: boolean; hasBFrames?: boolean } = {}) => ({
  ...{ bytes: new Uint8Array(12_500), isKey: true, durationS: 0.25, samples: 3, hasBFrames: false },
  ...more,
});

/** A meter that has seen groups of so many quarter seconds. */
function metered(...groups: readonly number[]) {
  const meter = createStreamMeter();
  meter.start({ atMs: 1_000, form: 'copied' });
  meter.init(init(), 'shown');
  let atMs = 1_800;
  for (const quarters of groups) {
    for (let quarter = 0; quarter < quarters; quarter += 1) meter.add(fragment({ isKey: quarter === 0 }), (atMs += 250));
  }
  return meter;
}

test('rates, the longest whole group and the wait for the first picture', () => {
  expect(metered(4, 8, 4, 1).read()).toMatchObject({
    ...{ form: 'asItIs', framesPerSecond: 12, bitsPerSecond: 400_000, firstPictureMs: 1_050, hasBFrames: false, sizes: 1, groups: 3 },
    group: { frames: 24, seconds: 2, isAtLeast: false },
  });
});

test('a group that has not ended counts as "at least" once it is the longest', () => {
  expect(metered(4, 3).read()?.group).toEqual({ frames: 12, seconds: 1, isAtLeast: false });
  expect(metered(4, 60).read()?.group).toEqual({ frames: 180, seconds: 15, isAtLeast: true });
});

test('nothing is known before the first picture of a run', () => {
  const meter = createStreamMeter();
  expect(meter.read()).toBe(null);
  meter.start({ atMs: 0, form: 'copied' });
  meter.init(init(), 'shown');
  expect(meter.read()).toBe(null);
});

test('what is encoded keeps what the camera sent, and says nothing of groups that are not the camera’s', () => {
  const meter = createStreamMeter();
  meter.start({ atMs: 1_000, form: 'copied' });
  meter.init(init('hevc', 2_560), 'foreign');
  meter.start({ atMs: 2_000, form: 'encoded' });
  meter.init(init('h264', 1_280), 'shown');
  meter.add(fragment({ hasBFrames: true }), 3_000);
  expect(meter.read()).toMatchObject({
    ...{ form: 'encoded', camera: { video: { codec: 'hevc' }, widthPx: 2_560 }, firstPictureMs: 2_000 },
    ...{ bitsPerSecond: null, group: null, hasBFrames: null },
  });
});

test('a picture that becomes another one is told, over the restart that it makes', () => {
  const meter = metered(4, 4);
  meter.changed();
  meter.start({ atMs: 9_000, form: 'copied' });
  meter.init(init('h264', 1_280), 'shown');
  meter.add(fragment(), 9_500);
  expect(meter.read()).toMatchObject({ sizes: 2, camera: { widthPx: 1_280 }, groups: 0, firstPictureMs: 500 });
});

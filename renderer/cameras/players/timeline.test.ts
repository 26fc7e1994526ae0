import { describe, expect, test } from 'vitest';
import { createTimeline } from './timeline.ts';

describe('the timeline of a stream', () => {
  test('knows nothing of a media time before its first fragment', () => {
    const timeline = createTimeline();
    timeline.add([{ mediaTime: 10, durationS: 0.5, arrivedAtMs: 100_000, sourceAtMs: null }]);
    expect(timeline.pictureAt(9)).toBeNull();
  });

  test('counts back from the arrival of the whole fragment when the camera has no proven clock', () => {
    const timeline = createTimeline();
    timeline.add([{ mediaTime: 10, durationS: 0.5, arrivedAtMs: 100_000, sourceAtMs: null }]);
    expect(timeline.pictureAt(10)).toEqual({ pictureAtMs: 99_500, clock: 'arrival' });
    expect(timeline.pictureAt(10.4)).toEqual({ pictureAtMs: 99_900, clock: 'arrival' });
  });

  test('does not make a picture younger than its fragment when the element plays past the last one', () => {
    const timeline = createTimeline();
    timeline.add([{ mediaTime: 10, durationS: 0.5, arrivedAtMs: 100_000, sourceAtMs: null }]);
    expect(timeline.pictureAt(25)).toEqual({ pictureAtMs: 100_000, clock: 'arrival' });
  });

  test('takes a wrong camera clock out by the least delay seen, and shows a growing delay', () => {
    const timeline = createTimeline();
    const threeMinutesMs = 180_000;
    timeline.add([
      { mediaTime: 0, durationS: 1, arrivedAtMs: 1_000_000, sourceAtMs: 1_000_000 - threeMinutesMs },
      { mediaTime: 1, durationS: 1, arrivedAtMs: 1_009_000, sourceAtMs: 1_001_000 - threeMinutesMs },
    ]);
    expect(timeline.pictureAt(0.5)).toEqual({ pictureAtMs: 999_500, clock: 'source' });
    expect(timeline.pictureAt(1)).toEqual({ pictureAtMs: 1_000_000, clock: 'source' });
  });

  test('believes a camera whose clock was set back at once: that alone makes no picture old', () => {
    const timeline = createTimeline();
    timeline.add([{ mediaTime: 0, durationS: 1, arrivedAtMs: 1_000_000, sourceAtMs: 1_000_000 }]);
    timeline.add([{ mediaTime: 1, durationS: 1, arrivedAtMs: 1_001_000, sourceAtMs: 821_000 }]);
    expect(timeline.pictureAt(1)).toEqual({ pictureAtMs: 1_000_000, clock: 'source' });
  });

  test('believes the gateway, which saw the delay grow before this window was opened', () => {
    const timeline = createTimeline();
    timeline.tellOffset(-60_000);
    timeline.add([{ mediaTime: 0, durationS: 1, arrivedAtMs: 1_009_000, sourceAtMs: 1_060_000 }]);
    expect(timeline.pictureAt(0)).toEqual({ pictureAtMs: 1_000_000, clock: 'source' });
  });

  test('forgets the least delay after ten minutes, so that a corrected camera clock is believed again', () => {
    const timeline = createTimeline();
    timeline.add([{ mediaTime: 0, durationS: 1, arrivedAtMs: 1_000_000, sourceAtMs: 999_000 }]);
    timeline.add([{ mediaTime: 700, durationS: 1, arrivedAtMs: 1_700_000, sourceAtMs: 1_600_000 }]);
    expect(timeline.pictureAt(700)).toEqual({ pictureAtMs: 1_699_000, clock: 'source' });
  });
});

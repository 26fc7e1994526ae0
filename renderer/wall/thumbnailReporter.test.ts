import { describe, expect, test } from 'vitest';
import type { CameraId } from '#contract/values/index.ts';
import { createManualTimers } from '#contract/values/testing/manualTimers.ts';
import { type ThumbnailReport, thumbnailLimits } from '#contract/wall/index.ts';
import { startThumbnailReporter } from './thumbnailReporter.ts';

const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xe0]);

function start() {
  const timers = createManualTimers();
  const advance = async (ms: number) => {
    for (const untilMs = timers.now() + ms; timers.now() < untilMs; ) {
      timers.advance(100);
      // A picture is drawn and sent between two timers.
      await new Promise(setImmediate);
    }
  };
  const sent: ThumbnailReport[] = [];
  const reporter = startThumbnailReporter({ send: (report) => sent.push(report), timers });
  const picture =
    (name: string, bytes = jpeg) =>
    async () => ({ cameraId: name as CameraId, pictureAtMs: 1_000.4, jpeg: bytes });
  return { advance, sent, reporter, picture };
}

describe('the small pictures of a Display', () => {
  test('are drawn in turn, each tile once in five seconds', async () => {
    const { advance, sent, reporter, picture } = start();
    for (const cell of [7, 0, 3, 5]) reporter.offer(cell, picture(`c${cell}`));
    await advance(3 * thumbnailLimits.everyMs);
    expect(sent.slice(0, 5).map(({ cell, cameraId }) => `${cell} ${cameraId}`)).toEqual(['0 c0', '3 c3', '5 c5', '7 c7', '0 c0']);
    expect(sent.filter(({ cell }) => cell === 3).length).toBeLessThanOrEqual(3);
  });

  test('are not sent of a tile that was taken back, proves nothing or draws too much', async () => {
    const { advance, sent, reporter, picture } = start();
    reporter.offer(0, picture('gone'))();
    reporter.offer(1, async () => null);
    reporter.offer(2, picture('great', new Uint8Array(thumbnailLimits.bytes + 1)));
    reporter.offer(3, picture('shown'));
    await advance(4 * thumbnailLimits.everyMs);
    expect(new Set(sent.map(({ cameraId }) => cameraId))).toEqual(new Set(['shown']));
    expect(sent[0]).toEqual({ cell: 3, cameraId: 'shown', pictureAtMs: 1_000, jpeg: '/9j/4A==' });
  });
});

import { describe, expect, test } from 'vitest';
import type { CameraId } from '#contract/values/index.ts';
import { createManualTimers } from '#contract/values/testing/manualTimers.ts';
import type { DisplayKey, GlassReport } from '#contract/wall/index.ts';
import { startGlassReporter } from './glassReporter.ts';

function start() {
  const timers = createManualTimers();
  const { advance, now } = timers;
  const sent: GlassReport[] = [];
  const reporter = startGlassReporter({
    displayKey: 'HDMI-1' as DisplayKey,
    send: (report) => sent.push(report),
    timers,
    platformNow: now,
  });
  return { reporter, sent, advance };
}

const glass = (state: 'live' | 'stale') => ({ cameraId: 'c1' as CameraId, state, sinceMs: 0, lastPictureAtMs: 0 });

describe('reporting the glass of a display', () => {
  test('says something at least every two seconds, also when nothing changes', () => {
    const { sent, advance } = start();
    advance(10_000);
    expect(sent.map(({ atMs }) => atMs)).toEqual([50, 2_050, 4_050, 6_050, 8_050]);
  });

  test('tells changes at once, those of several tiles together, and nothing new by itself', () => {
    const { reporter, sent, advance } = start();
    advance(100);
    reporter.tell(1, glass('live'));
    reporter.tell(0, glass('live'));
    reporter.tell(1, glass('live'));
    advance(60);
    expect(sent.at(-1)?.cells.map(({ cell, state }) => [cell, state])).toEqual([
      [0, 'live'],
      [1, 'live'],
    ]);
    expect(sent).toHaveLength(2);
    reporter.tell(0, { ...glass('live'), lastPictureAtMs: 99 });
    advance(60);
    expect(sent).toHaveLength(2);
    reporter.tell(0, glass('stale'));
    advance(60);
    expect(sent.at(-1)?.cells[0]?.state).toBe('stale');
  });

  test('forgets a cell that was cleared, and is silent after it was stopped', () => {
    const { reporter, sent, advance } = start();
    reporter.tell(0, glass('live'));
    advance(60);
    reporter.forget(0);
    advance(60);
    expect(sent.at(-1)?.cells).toEqual([]);
    reporter.stop();
    advance(10_000);
    expect(sent).toHaveLength(2);
  });
});

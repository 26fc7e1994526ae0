import { expect, test } from 'vitest';
import { CameraId } from '#contract/values/index.ts';
import type { SourceChange } from '#platform/cameras/ports.ts';
import { gatewayLimits } from '../limits.ts';
import { createHandTimers } from '../testing/handTimers.ts';
import { createCameraReports } from './cameraReports.ts';

const cameraId = CameraId.parse('al-0001');
const flowing = { kind: 'flowing' } as const;
const lost = { kind: 'lost', sinceMs: 0, reason: 'exited' } as const;
const tellAfterMs = gatewayLimits.tellLostAfterMs;

function open() {
  const hand = createHandTimers();
  const told: SourceChange[] = [];
  const reports = createCameraReports({ timers: hand.timers, limits: gatewayLimits, onSourceChange: (change) => void told.push(change) });
  return { ...hand, told, reports };
}

test('a source that comes back quickly is no fact', () => {
  const { told, reports, advanceMs } = open();
  reports.note({ cameraId, quality: 'sub', condition: flowing });
  reports.note({ cameraId, quality: 'sub', condition: lost });
  advanceMs(tellAfterMs - 1);
  reports.note({ cameraId, quality: 'sub', condition: flowing });
  advanceMs(60_000);
  expect(told).toEqual([{ cameraId, source: 'normal' }]);
});

test('a loss that lasts is told once with its newest reason, and its end once', () => {
  const { told, reports, advanceMs } = open();
  reports.note({ cameraId, quality: 'sub', condition: lost });
  reports.note({ cameraId, quality: 'sub', condition: { ...lost, reason: 'refusedByCamera' } });
  advanceMs(tellAfterMs);
  reports.note({ cameraId, quality: 'sub', condition: lost });
  advanceMs(60_000);
  reports.note({ cameraId, quality: 'sub', condition: flowing });
  reports.note({ cameraId, quality: 'main', condition: flowing });
  expect(told).toEqual([
    { cameraId, source: 'lost', reason: 'refusedByCamera' },
    { cameraId, source: 'normal' },
  ]);
});

test('a camera whose small picture flows is not lost because its full one does not', () => {
  const { told, reports, advanceMs } = open();
  reports.note({ cameraId, quality: 'main', condition: { ...lost, reason: 'unplayable' } });
  reports.note({ cameraId, quality: 'sub', condition: flowing });
  advanceMs(60_000);
  expect(told).toEqual([{ cameraId, source: 'normal' }]);
  reports.forget({ cameraId, quality: 'sub' });
  advanceMs(tellAfterMs);
  expect(told.at(-1)).toEqual({ cameraId, source: 'lost', reason: 'unplayable' });
});

test('a source that nobody looks at any more says nothing about its camera', () => {
  const { told, reports, advanceMs, waiting } = open();
  reports.note({ cameraId, quality: 'sub', condition: lost });
  reports.forget({ cameraId, quality: 'sub' });
  advanceMs(60_000);
  expect([told, waiting()]).toEqual([[], 0]);
});

import { expect, test } from 'vitest';
import { PtzQuestion, ptzLimits } from './index.ts';

const move = { type: 'cameras.ptzMove', cameraId: 'al-0001', pan: 1, tilt: -1, zoom: 0 };

test('a speed is between full one way and full the other, and always a number', () => {
  expect(PtzQuestion.safeParse(move).success).toBe(true);
  for (const pan of [1.01, -1.01, Number.NaN, Number.POSITIVE_INFINITY, '1', null]) {
    expect(PtzQuestion.safeParse({ ...move, pan }).success).toBe(false);
  }
});

test('what is not steering is no question of it', () => {
  expect(PtzQuestion.safeParse({ ...move, type: 'cameras.ptzReboot' }).success).toBe(false);
  expect(PtzQuestion.safeParse({ ...move, speed: 9 }).success).toBe(false);
  expect(PtzQuestion.safeParse({ type: 'cameras.ptzTake', cameraId: 'al-0001', from: 'everybody' }).success).toBe(false);
});

test('two moves may be lost before the camera is stopped, and it still stands within a second', () => {
  expect(ptzLimits.deadManMs).toBeGreaterThan(2 * ptzLimits.repeatEveryMs);
  expect(ptzLimits.deadManMs).toBeLessThan(1_000);
});

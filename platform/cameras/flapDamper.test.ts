import { expect, test } from 'vitest';
import { type CameraFlapChange, decideSourceChange, evolveCameras, type CamerasState } from '#contract/cameras/index.ts';
import { CameraId } from '#contract/values/index.ts';
import { createFlapDamper, flapLimits } from './flapDamper.ts';
import { createHandTimers } from './gateway/testing/handTimers.ts';
import type { SourceChange } from './ports.ts';

const cameraId = CameraId.parse('al-0001');
const minuteMs = 60_000;

function open(flapping: readonly { cameraId: CameraId; losses: number }[] = []) {
  const hand = createHandTimers();
  const told: string[] = [];
  let state: CamerasState = new Map();
  const onChange = (change: SourceChange | CameraFlapChange) => {
    for (const fact of decideSourceChange(state, change)) {
      told.push(fact.type.slice('cameras.'.length));
      state = evolveCameras(state, { ...fact, atMs: hand.clock.nowMs() });
    }
  };
  const damper = createFlapDamper({ ...hand, flapping, onChange });
  const lose = () => damper.note({ cameraId, source: 'lost', reason: 'noData' });
  const restore = () => damper.note({ cameraId, source: 'normal' });
  return { ...hand, told, damper, lose, restore, condition: () => state.get(cameraId) };
}

test('a camera that is lost twenty times in an hour is one fact with a count, not forty', () => {
  const { lose, restore, advanceMs, told, condition } = open();
  for (let time = 0; time < 20; time += 1) {
    lose();
    advanceMs(minuteMs);
    restore();
    advanceMs(2 * minuteMs);
  }
  expect(told).toEqual(['sourceLost', 'sourceRestored', 'sourceLost', 'sourceRestored', 'sourceLost', 'sourceRestored', 'flapping']);
  advanceMs(flapLimits.settledAfterMs);
  expect([told.at(-1), condition()?.flapping, condition()?.source.kind]).toEqual(['settled', null, 'normal']);
});

test('one that stays lost at the end is told as lost, after it has settled', () => {
  const { lose, restore, advanceMs, told } = open();
  for (let time = 0; time < 6; time += 1) {
    restore();
    lose();
  }
  told.length = 0;
  advanceMs(flapLimits.settledAfterMs - 1);
  expect(told).toEqual([]);
  advanceMs(1);
  expect(told).toEqual(['settled', 'sourceLost']);
});

test('three losses an hour are three facts, for ever', () => {
  const { lose, restore, advanceMs, told } = open();
  for (let time = 0; time < 30; time += 1) {
    lose();
    restore();
    advanceMs(20 * minuteMs);
  }
  expect([told.length, told.includes('flapping')]).toEqual([60, false]);
});

test('a camera that flapped before the platform was started again settles as well', () => {
  const hand = createHandTimers();
  const told: unknown[] = [];
  createFlapDamper({ ...hand, flapping: [{ cameraId, losses: 7 }], onChange: (change) => void told.push(change) });
  hand.advanceMs(flapLimits.settledAfterMs);
  expect([told, hand.waiting()]).toEqual([[{ cameraId, flapping: 'settled', losses: 7 }], 0]);
});

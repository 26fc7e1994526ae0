import { expect, test } from 'vitest';
import { createGovernor } from './governor.ts';

function drive() {
  const clock = { ms: 0 };
  const ratios: number[] = [];
  const governor = createGovernor({ elapsedMs: () => clock.ms, fullRatio: 2, budgetMs: 40, onRatio: (ratio) => ratios.push(ratio) });
  const frames = (count: number, tookMs: number) => {
    for (let frame = 0; frame < count; frame += 1) {
      clock.ms += tookMs;
      governor.drawn();
    }
  };
  return { governor, ratios, frames };
}

test('frames over the budget draw fewer pixels, down to half in each direction and no further', () => {
  const { governor, ratios, frames } = drive();
  frames(60, 90);
  expect([ratios, governor.ratio()]).toEqual([[1.5, 1], 1]);
});

test('a single slow frame changes nothing, nor do frames that lie far apart', () => {
  const { ratios, frames } = drive();
  for (let turn = 0; turn < 20; turn += 1) {
    frames(5, 90);
    frames(1, 16);
  }
  frames(50, 1_000);
  expect(ratios).toEqual([]);
});

test('when there is time again all pixels come back, and a step that had to be taken back is tried later each time', () => {
  const { ratios, frames } = drive();
  frames(7, 90);
  frames(90, 16);
  expect(ratios).toEqual([1.5, 2]);
  frames(6, 90);
  frames(179, 16);
  expect(ratios).toEqual([1.5, 2, 1.5]);
  frames(1, 16);
  expect(ratios).toEqual([1.5, 2, 1.5, 2]);
});

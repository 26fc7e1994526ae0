import { expect, test } from 'vitest';
import { createGovernor, fullDetail, type MapDetail } from './governor.ts';

function drive() {
  const clock = { ms: 0 };
  const told: string[] = [];
  const words = ({ ratioShare, land, ages }: MapDetail) => `${ratioShare} ${land} ${ages}`;
  const governor = createGovernor({ elapsedMs: () => clock.ms, budgetMs: 40, onDetail: (detail) => told.push(words(detail)) });
  const frames = (count: number, tookMs: number) => {
    for (let frame = 0; frame < count; frame += 1) {
      clock.ms += tookMs;
      governor.drawn();
    }
  };
  return { governor, told, frames };
}

test('frames over the budget lose the hills and houses first, then pixels, then rings, down to half the pixels and no further', () => {
  const { governor, told, frames } = drive();
  frames(80, 90);
  expect(told).toEqual(['1 plain rings', '0.75 plain rings', '0.75 plain none', '0.5 plain none']);
  expect(governor.detail()).toEqual({ ratioShare: 0.5, land: 'plain', ages: 'none' });
});

test('a single slow frame changes nothing, nor do frames that lie far apart', () => {
  const { governor, told, frames } = drive();
  for (let turn = 0; turn < 20; turn += 1) {
    frames(5, 90);
    frames(1, 16);
  }
  frames(50, 1_000);
  expect([told, governor.detail()]).toEqual([[], fullDetail]);
});

test('when there is time again everything comes back step by step, and a step that had to be taken back is tried later each time', () => {
  const { told, frames } = drive();
  frames(13, 90);
  frames(180, 16);
  expect(told).toEqual(['1 plain rings', '0.75 plain rings', '1 plain rings', '1 full rings']);
  frames(6, 90);
  frames(179, 16);
  expect(told.slice(4)).toEqual(['1 plain rings']);
  frames(1, 16);
  expect(told.slice(4)).toEqual(['1 plain rings', '1 full rings']);
});

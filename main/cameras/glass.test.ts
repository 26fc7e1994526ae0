import { expect, test } from 'vitest';
import type { Timers } from '#contract/values/index.ts';
import type { DisplayKey, GlassReport } from '#contract/wall/index.ts';
import { createGlass, reportStaleMs } from './glass.ts';

const displayKey = 'DP-1' as DisplayKey;
const cell = (index: number, state: GlassReport['cells'][number]['state']) => ({
  cell: index,
  cameraId: null,
  state,
  sinceMs: 100,
  lastPictureAtMs: 190,
});
const report = (atMs: number): GlassReport => ({
  displayKey,
  atMs,
  cells: [cell(0, 'live'), cell(1, 'unmoving'), cell(2, 'offline'), cell(3, 'none')],
});

/** Timers that a test lets run out by hand. */
function createHandTimers() {
  const pending = new Map<number, { delayMs: number; run: () => void }>();
  let count = 0;
  const timers: Timers = {
    afterMs: (delayMs, run) => {
      count += 1;
      const own = count;
      pending.set(own, { delayMs, run });
      return () => void pending.delete(own);
    },
  };
  return { timers, pending: () => [...pending.values()] };
}

test('what a window vouched for is stale when it stops vouching, since its last word', () => {
  const told: GlassReport[] = [];
  const { timers, pending } = createHandTimers();
  const glass = createGlass({ timers, onReport: (next) => told.push(next) });
  glass.report(report(200));
  glass.report(report(2_200));
  expect(pending().map(({ delayMs }) => delayMs)).toEqual([reportStaleMs]);
  pending()[0]!.run();
  const states = told.map(({ atMs, cells }) => [atMs, ...cells.map(({ state, sinceMs }) => `${state} ${sinceMs}`)]);
  expect(states).toEqual([
    [200, 'live 100', 'unmoving 100', 'offline 100', 'none 100'],
    [2_200, 'live 100', 'unmoving 100', 'offline 100', 'none 100'],
    [2_200, 'stale 2200', 'stale 2200', 'offline 100', 'none 100'],
  ]);
  expect(glass.reports()).toEqual([told.at(-1)]);
});

test('a display that is gone shows nothing and waits for nothing', () => {
  const { timers, pending } = createHandTimers();
  const glass = createGlass({ timers, onReport: () => {} });
  glass.report(report(200));
  glass.forget(displayKey);
  expect([glass.reports(), pending()]).toEqual([[], []]);
});

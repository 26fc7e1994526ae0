import { describe, expect, test } from 'vitest';
import type { PresentDisplay } from '#contract/bridge/index.ts';
import type { DisplayKey } from '#contract/wall/index.ts';
import { breaker, type OpenSlot, planWindows, type Slot, type SlotDeath } from './planWindows.ts';

const display = (key: string, changes: Partial<PresentDisplay> = {}): PresentDisplay => ({
  displayKey: key as DisplayKey,
  keySource: 'connector',
  connector: key,
  x: 0,
  y: 0,
  widthPx: 1920,
  heightPx: 1080,
  scale: 1,
  widthMm: null,
  heightMm: null,
  isPrimary: false,
  ...changes,
});
const left = display('A');
const right = display('B', { x: 1920, isPrimary: true });
const open = (slot: Slot, on: PresentDisplay | null, page: OpenSlot['page'] = 'live'): OpenSlot => ({ slot, display: on, page });
const whole = [open('wall/A', left), open('wall/B', right), open('console', right)];
const plan = (changes: Partial<Parameters<typeof planWindows>[0]>) => {
  const actions = planWindows({ present: [left, right], open: whole, deaths: [], nowMs: 1_000_000, ...changes });
  return actions.map((action) => [
    action.kind,
    action.slot,
    ...('display' in action ? [action.display?.displayKey] : []),
    ...('page' in action ? [action.page] : []),
  ]);
};
const died = (count: number, atMs: number): SlotDeath[] => Array.from({ length: count }, () => ({ slot: 'wall/A', atMs }));
const withoutLeft = whole.slice(1);

describe('the windows there should be', () => {
  test('a wall on every display, and the console last so that it lies on the primary one’s', () => {
    expect(plan({ open: [] })).toEqual([
      ['open', 'wall/A', 'A', 'live'],
      ['open', 'wall/B', 'B', 'live'],
      ['open', 'console', 'B', 'live'],
    ]);
  });

  test('the console stays reachable where no display is seen', () => {
    expect(plan({ present: [], open: [] })).toEqual([['open', 'console', undefined, 'live']]);
  });

  test('nothing is done while everything is as it should be', () => {
    expect(plan({})).toEqual([]);
  });

  test('an unplugged display loses its window, a new one gets one, a moved one is put right', () => {
    const moved = { ...right, x: 0, widthPx: 3840 };
    expect(plan({ present: [moved, display('C')] })).toEqual([
      ['close', 'wall/A'],
      ['place', 'wall/B', 'B'],
      ['open', 'wall/C', 'C', 'live'],
    ]);
  });

  test('a dead window is reopened at once, the third time as a plain page, and then left alone', () => {
    const next = (deaths: number) => plan({ open: withoutLeft, deaths: died(deaths, 999_000) });
    expect([next(1), next(2), next(3), next(4)]).toEqual([
      [['open', 'wall/A', 'A', 'live']],
      [['open', 'wall/A', 'A', 'live']],
      [['open', 'wall/A', 'A', 'plain']],
      [],
    ]);
  });

  test('a plain page gives way when the deaths are old enough, so that an empty room heals by itself', () => {
    const plain = [open('wall/A', left, 'plain'), ...withoutLeft];
    const before = plan({ open: plain, deaths: died(3, 1_000_000 - breaker.withinMs + 1) });
    const after = plan({ open: plain, deaths: died(3, 1_000_000 - breaker.withinMs) });
    expect([before, after]).toEqual([
      [],
      [
        ['close', 'wall/A'],
        ['open', 'wall/A', 'A', 'live'],
      ],
    ]);
  });
});

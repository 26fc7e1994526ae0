import { expect, test } from 'vitest';
import { createAreaStates } from './areaStates.ts';

const calm = { height: 0, load: null, urgency: 'none', report: 'reporting' } as const;

test('a change of one area is one row to send, and what did not change is nothing', () => {
  const states = createAreaStates(1_000);
  expect([states.rowWidth, states.rows, states.changedSince(-1)]).toEqual([256, 4, { fromRow: 0, toRow: 4 }]);
  const before = states.version();
  expect(states.set(600, { ...calm, height: 12, load: 0.5, urgency: 'late' })).toBe(true);
  expect(states.changedSince(before)).toEqual({ fromRow: 2, toRow: 3 });
  expect(states.set(600, { ...calm, height: 12, load: 0.5, urgency: 'late' })).toBe(false);
  expect(states.changedSince(states.version())).toBeNull();
});

test('figures of the texel say height, urgency with silence, and load', () => {
  const states = createAreaStates(2);
  states.set(1, { height: 300, load: 1, urgency: 'nearlyLate', report: 'silent' });
  expect([...states.values.slice(0, 8)]).toEqual([0, 0, -1, 1, 300, 5, 1, 1]);
  expect([states.heightOf(1), states.set(2, calm), states.set(-1, calm)]).toEqual([300, false, false]);
});

import { expect, test } from 'vitest';
import { createTranscodeBudget, usualTranscoding } from './transcodeBudget.ts';

test('small pictures cost a tenth of full ones, and what is given back can be taken again', () => {
  const budget = createTranscodeBudget({ cores: 0.36, count: 64 });
  const main = budget.take('main');
  const small = [budget.take('sub'), budget.take('sub'), budget.take('sub')];
  main?.();
  main?.();
  expect([main !== null, small.map((part) => part !== null), budget.has('main'), budget.has('sub')]).toEqual([
    true,
    [true, true, false],
    true,
    true,
  ]);
});

test('nothing is encoded where it is switched off or the share is less than one small picture', () => {
  const open = [{ cores: 4, count: 0 }, { cores: 0.01, count: 9 }, usualTranscoding(1)].map(
    (limits) => createTranscodeBudget(limits).isOpen,
  );
  expect(open).toEqual([false, false, true]);
});

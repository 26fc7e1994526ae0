import { expect, test } from 'vitest';
import { watchStandstills } from './standstills.ts';
import { until } from './until.ts';

test('a process that could not run is found out, with how long it took to catch up, and nothing before it', async () => {
  using stood = watchStandstills({ fromMs: 100, catchesUpMs: 1_000 });
  const watchedFromMs = Date.now();
  const blockedUntilMs = watchedFromMs + 300;
  while (Date.now() < blockedUntilMs);
  await until(() => stood.longestMs() > 0);
  expect(stood.longestMs()).toBeGreaterThanOrEqual(300);
  expect(stood.seconds()).toBeGreaterThanOrEqual(1.3);
  const moments = [watchedFromMs - 10_000, watchedFromMs + 150, blockedUntilMs + 500];
  expect(moments.map(stood.wasNear)).toEqual([false, true, true]);
});

import { expect, test } from 'vitest';
import type { MediaGrant } from '#contract/cameras/index.ts';
import { granted, refused, type Result } from '#contract/values/index.ts';
import { createManualTimers } from '#contract/values/testing/manualTimers.ts';
import { createRenewals } from './renewals.ts';

const lifeMs = 60_000;

/** A window whose clock the test moves by seconds; `asked` holds how many rights were asked for at which second. */
function open({ random = 1 }: { random?: number } = {}) {
  const timers = createManualTimers();
  const asked: number[] = [];
  const platform = { isThere: true };
  const grant = () => ({ token: `made at ${timers.now() / 1000}`, expiresAtMs: timers.now() + lifeMs }) as MediaGrant;
  const renewals = createRenewals({
    random: () => random,
    platformNow: timers.now,
    timers,
  });
  const seconds = async (count: number) => {
    for (let second = 0; second < count; second += 1) {
      timers.advance(1_000);
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    }
  };
  const grants = async (): Promise<Result<MediaGrant>> => {
    asked.push(timers.now() / 1000);
    return platform.isThere ? granted(grant()) : refused('bus.unreachable');
  };
  const keep = () => renewals.keep({ first: grant(), grants });
  const rounds = () => [...Map.groupBy(asked, (second) => second)].map(([second, each]) => [second, each.length]);
  return { keep, seconds, rounds, platform, waiting: timers.waiting };
}

test('36 streams that were opened together are renewed together, once in half a minute', async () => {
  const { keep, seconds, rounds } = open();
  const rights = Array.from({ length: 36 }, keep);
  await seconds(125);
  expect([rounds(), new Set(rights.map(({ token }) => token()))]).toEqual([
    [30, 60, 90, 120].map((second) => [second, 36]),
    new Set(['made at 120']),
  ]);
});

test('streams opened one after the other come together within two rounds, and none waits longer than half its life', async () => {
  const { keep, seconds, rounds } = open();
  keep();
  await seconds(10);
  keep();
  await seconds(12);
  keep();
  await seconds(90);
  expect(rounds()).toEqual([
    [30, 2],
    [52, 3],
    [82, 3],
    [112, 3],
  ]);
});

test('windows that were opened at the same moment renew at different ones', async () => {
  const firstRound = async (random: number) => {
    const { keep, seconds, rounds } = open({ random });
    keep();
    await seconds(31);
    return rounds()[0]?.[0];
  };
  expect(await Promise.all([0, 0.5, 1].map(firstRound))).toEqual([24, 27, 30]);
});

test('a platform that is away is asked again ever sooner, and what it gave last is kept until it answers', async () => {
  const { keep, seconds, rounds, platform } = open();
  const right = keep();
  platform.isThere = false;
  await seconds(46);
  expect([rounds().map(([second]) => second), right.token()]).toEqual([[30, 45], 'made at 0']);
  platform.isThere = true;
  await seconds(8);
  expect(right.token()).toBe('made at 52.5');
});

test('what is no longer kept is not renewed, and nothing waits any more', async () => {
  const { keep, seconds, rounds, waiting } = open();
  const [first, second] = [keep(), keep()];
  first.stop();
  await seconds(31);
  second.stop();
  second.stop();
  await seconds(60);
  expect([rounds(), waiting()]).toEqual([[[30, 1]], 0]);
});

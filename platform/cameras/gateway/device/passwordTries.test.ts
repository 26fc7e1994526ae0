import { expect, test } from 'vitest';
import { createHandTimers } from '../testing/handTimers.ts';
import { createPasswordTries } from './passwordTries.ts';

const account = { host: '10.0.0.1', user: 'admin', password: 'wrong' };

function open() {
  const hand = createHandTimers();
  return { ...hand, tries: createPasswordTries({ clock: hand.clock }) };
}

test('sixteen streams of one recorder try a wrong password once, and then not for a minute', async () => {
  const { tries, advanceMs } = open();
  let tried = 0;
  const streams = Array.from({ length: 16 }, async () => {
    const { waitMs } = await tries.turn(account);
    if (waitMs > 0) return;
    tried += 1;
    tries.settle(account, 'wrong');
  });
  await Promise.all(streams);
  expect(tried).toBe(1);
  advanceMs(59_999);
  expect((await tries.turn(account)).waitMs).toBe(1);
  advanceMs(1);
  expect((await tries.turn(account)).waitMs).toBe(0);
});

test('in two hours of nobody looking after it a wrong password is tried six times, never five within half an hour', async () => {
  const { tries, advanceMs, clock } = open();
  const triedAtMinutes: number[] = [];
  const startMs = clock.nowMs();
  for (let minute = 0; minute < 120; minute += 1) {
    if ((await tries.turn(account)).waitMs === 0) {
      triedAtMinutes.push(Math.round((clock.nowMs() - startMs) / 60_000));
      tries.settle(account, 'wrong');
    }
    advanceMs(60_000);
  }
  expect(triedAtMinutes).toEqual([0, 1, 11, 41, 71, 101]);
});

test('a proven password lets everybody through at once, another one is tried at once', async () => {
  const { tries } = open();
  await tries.turn(account);
  tries.settle(account, 'wrong');
  const corrected = { ...account, password: 'right' };
  expect((await tries.turn(corrected)).waitMs).toBe(0);
  tries.settle(corrected, 'right');
  expect(await Promise.all([tries.turn(corrected), tries.turn(corrected)])).toEqual([{ waitMs: 0 }, { waitMs: 0 }]);
  expect(tries.waitMs(account)).toBe(60_000);
});

test('a try that told nothing gives its turn to the next', async () => {
  const { tries } = open();
  await tries.turn(account);
  const next = tries.turn(account);
  tries.settle(account, 'unknown');
  expect(await next).toEqual({ waitMs: 0 });
});

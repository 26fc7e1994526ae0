import { expect, test } from 'vitest';
import { gatewayLimits } from '../limits.ts';
import { createHandTimers } from '../testing/handTimers.ts';
import { createSocketGuard } from './socketGuard.ts';

function open() {
  const hand = createHandTimers();
  const out: string[] = [];
  const pings: number[] = [];
  const guard = createSocketGuard({
    ...{ timers: hand.timers, limits: gatewayLimits },
    onOut: (why) => void out.push(why),
    ping: () => void pings.push(hand.clock.nowMs()),
  });
  return { ...hand, out, pings, guard };
}

test('a socket that never says hello goes after five seconds, one that does stays', () => {
  const [silent, greeting] = [open(), open()];
  greeting.guard.helloCame();
  for (const socket of [silent, greeting]) socket.advanceMs(gatewayLimits.helloWithinMs);
  expect([silent.out, greeting.out]).toEqual([['no hello'], []]);
});

test('a socket whose other end vanished is given up after two pings without an answer', () => {
  const { guard, out, pings, advanceMs } = open();
  guard.helloCame();
  for (let beat = 0; beat < 5; beat += 1) {
    advanceMs(gatewayLimits.pingEveryMs);
    guard.pongCame();
  }
  expect([pings.length, out]).toEqual([5, []]);
  advanceMs(3 * gatewayLimits.pingEveryMs);
  expect(out).toEqual(['no answer']);
});

test('a burst passes, a flood does not, and the next second counts anew', () => {
  const { guard, out, advanceMs } = open();
  const passed = (count: number) => Array.from({ length: count }, () => guard.mayPass()).every((may) => may);
  expect(passed(gatewayLimits.maxMessagesPerSecond)).toBe(true);
  advanceMs(1_000);
  expect(passed(gatewayLimits.maxMessagesPerSecond)).toBe(true);
  expect([guard.mayPass(), out]).toEqual([false, ['flood']]);
});

test('the third malformed message is the last, and a closed guard leaves no timers', () => {
  const { guard, out, waiting } = open();
  guard.strike();
  guard.strike();
  expect(out).toEqual([]);
  guard.strike();
  guard.close();
  expect([out, waiting()]).toEqual([['malformed messages'], 0]);
});

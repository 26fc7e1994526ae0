import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pushCredit } from '#contract/cameras/index.ts';
import { gatewayLimits } from '../limits.ts';
import { fragmentOf } from '../testing/fragment.ts';
import { type ChannelQueue, createChannelQueue, type Outgoing } from './channelQueue.ts';
import { afterAck, mayBeSent } from './credit.ts';

const init = { run: 1, bytes: new Uint8Array(10), mimeType: 'video/mp4; codecs="avc1.42c00d"' };
const isKeyAt = (number: number, gop = 4) => number % gop === 1;

function takeAll(queue: ChannelQueue, socketBytes = 0): Outgoing[] {
  const taken: Outgoing[] = [];
  for (let next = queue.takeNext(socketBytes); next !== null; next = queue.takeNext(socketBytes)) taken.push(next);
  return taken;
}

const numbersOf = (taken: readonly Outgoing[]) => taken.map((out) => (out.kind === 'init' ? 'init' : out.fragment.number));

test('credit ends at 1.5 s or 512 KiB of a channel and at 4 MiB of a socket', () => {
  const sent = [0.25, 1].map((durationS) => ({ mediaTime: 0, durationS, bytes: 1000 }));
  expect(mayBeSent({ unacked: sent, socketBytes: 1000 }, { durationS: 0.25, bytes: 1000 })).toBe(true);
  expect(mayBeSent({ unacked: sent, socketBytes: 1000 }, { durationS: 0.26, bytes: 1000 })).toBe(false);
  expect(mayBeSent({ unacked: sent, socketBytes: 1000 }, { durationS: 0.25, bytes: pushCredit.maxUnackedBytesPerCamera })).toBe(false);
  expect(mayBeSent({ unacked: [], socketBytes: pushCredit.maxUnackedBytesPerSocket }, { durationS: 0.25, bytes: 1 })).toBe(false);
});

test('a key frame larger than all credit passes when nothing is on the way', () => {
  expect(mayBeSent({ unacked: [], socketBytes: 0 }, { durationS: 0.25, bytes: 6 * 1024 * 1024 })).toBe(true);
});

test('an acknowledgement frees the fragment that starts at it and all before', () => {
  const unacked = [0, 0.25, 0.5].map((mediaTime) => ({ mediaTime, durationS: 0.25, bytes: 1 }));
  expect(afterAck(unacked, 0.25)).toEqual([unacked[2]]);
  expect(afterAck(unacked, 0.25 - 1e-9)).toEqual([unacked[2]]);
});

test('a viewer starts with the init segment and the first key frame, and gets no more than its credit', () => {
  const queue = createChannelQueue(gatewayLimits);
  queue.offerInit(init);
  for (const number of [2, 3, 4, 5, 6, 7, 8]) queue.offerFragment(fragmentOf({ number, isKey: isKeyAt(number) }));
  expect(numbersOf(takeAll(queue))).toEqual(['init', 5, 6, 7, 8]);
});

test('a group of pictures larger than the credit is delivered as it is acknowledged, without a hole', () => {
  const queue = createChannelQueue(gatewayLimits);
  queue.offerInit(init);
  for (const number of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) queue.offerFragment(fragmentOf({ number, isKey: number === 1 }));
  expect(numbersOf(takeAll(queue))).toEqual(['init', 1, 2, 3, 4, 5, 6]);
  queue.acknowledge(0.5);
  const more = takeAll(queue);
  expect([numbersOf(more), more.some(({ isAfterHole }) => isAfterHole)]).toEqual([[7, 8, 9], false]);
});

test('without credit everything up to the next key frame is skipped, and that one is marked', () => {
  const queue = createChannelQueue(gatewayLimits);
  queue.offerInit(init);
  for (let number = 1; number <= 14; number += 1) {
    queue.offerFragment(fragmentOf({ number, isKey: isKeyAt(number) }));
    takeAll(queue);
  }
  queue.acknowledge(1.25);
  const resumed = takeAll(queue);
  expect(numbersOf(resumed)).toEqual([13, 14]);
  expect(resumed.map(({ isAfterHole }) => isAfterHole)).toEqual([true, false]);
});

test('a group without end is skipped too, up to a key frame that may never come', () => {
  const queue = createChannelQueue({ maxGopBytes: 8_000, maxGopS: 30 });
  queue.offerInit(init);
  for (let number = 1; number <= 20; number += 1) queue.offerFragment(fragmentOf({ number, isKey: number === 1 }));
  expect([numbersOf(takeAll(queue)), queue.waitingBytes()]).toEqual([['init'], 0]);
  queue.offerFragment(fragmentOf({ number: 21, isKey: true }));
  expect(numbersOf(takeAll(queue))).toEqual([21]);
});

test('a restart is a new init segment and a key frame, both marked', () => {
  const queue = createChannelQueue(gatewayLimits);
  queue.offerInit(init);
  queue.offerFragment(fragmentOf({ number: 1, isKey: true }));
  takeAll(queue);
  queue.offerInit({ ...init, run: 2 });
  queue.offerFragment(fragmentOf({ number: 2, run: 2 }));
  queue.offerFragment(fragmentOf({ number: 3, run: 2, isKey: true }));
  const again = takeAll(queue);
  expect([numbersOf(again), again.map(({ isAfterHole }) => isAfterHole)]).toEqual([
    ['init', 3],
    [true, true],
  ]);
});

test('whatever a viewer acknowledges: credit holds, at most one group waits, and no picture comes without those it builds on', () => {
  const steps = fc.array(fc.oneof(fc.constant('fragment' as const), fc.constant('take' as const), fc.nat(40)), { maxLength: 200 });
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 12 }), (run, gop) => {
      const queue = createChannelQueue(gatewayLimits);
      queue.offerInit(init);
      let number = 0;
      let lastTaken = 0;
      for (const step of run) {
        if (step === 'fragment') {
          number += 1;
          queue.offerFragment(fragmentOf({ number, isKey: isKeyAt(number, gop) || gop === 1, bytes: new Uint8Array(60_000) }));
        } else if (step === 'take') {
          for (const out of takeAll(queue)) {
            if (out.kind === 'init') continue;
            expect(out.fragment.number === lastTaken + 1 || (out.fragment.isKey && (out.isAfterHole || lastTaken === 0))).toBe(true);
            lastTaken = out.fragment.number;
          }
        } else queue.acknowledge(step * 0.25);
        expect(queue.unackedBytes()).toBeLessThanOrEqual(pushCredit.maxUnackedBytesPerCamera);
        expect(queue.waitingBytes()).toBeLessThanOrEqual(gop * 60_000);
      }
    }),
    { seed: 11, numRuns: 300 },
  );
});

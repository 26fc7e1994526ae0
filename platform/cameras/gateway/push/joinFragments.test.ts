import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gatewayLimits } from '../limits.ts';
import type { SourceFragment } from '../source/pictures.ts';
import { fragmentOf } from '../testing/fragment.ts';
import { createChannelQueue } from './channelQueue.ts';
import { countJoined, joinFragments } from './joinFragments.ts';

const init = { run: 1, bytes: new Uint8Array(10), mimeType: 'video/mp4; codecs="avc1.42c00d"' };

/** What goes out when each fragment is taken as soon as it may, as media time and length; `-` when one is waited for. */
function sentOf(fragments: readonly SourceFragment[], acks: 'at once' | 'never' = 'at once') {
  const queue = createChannelQueue({ ...gatewayLimits, joinS: gatewayLimits.pushJoinS });
  queue.offerInit(init);
  queue.takeNext(0);
  return fragments.map((offered) => {
    queue.offerFragment(offered);
    const sent: string[] = [];
    for (let next = queue.takeNext(0); next?.kind === 'fragment'; next = queue.takeNext(0)) {
      const { mediaTime, durationS, isKey } = next.fragment;
      if (acks === 'at once') queue.acknowledge(mediaTime);
      sent.push(`${next.isAfterHole ? 'hole ' : ''}${isKey ? 'key ' : ''}${mediaTime.toFixed(2)}+${durationS.toFixed(2)}`);
    }
    return sent.join(', ') || '-';
  });
}

test('the first picture goes at once, then two fragments go as one, and a key frame always begins one', () => {
  const fragments = Array.from({ length: 9 }, (_, index) => fragmentOf({ number: index + 1, isKey: index % 4 === 0 }));
  expect(sentOf(fragments)).toEqual(['key 0.00+0.25', '-', '0.25+0.50', '-', '0.75+0.25', 'key 1.00+0.50', '-', '1.50+0.50', '-']);
});

test('a fragment that is long or large enough waits for nothing', () => {
  const slow = [1, 2, 3].map((number) => fragmentOf({ number, isKey: number === 1, durationS: 0.5 }));
  expect(sentOf(slow)).toEqual(['key 0.00+0.50', '0.50+0.50', '1.00+0.50']);
  const large = [1, 2, 3].map((number) => fragmentOf({ number, isKey: number === 1, bytes: new Uint8Array(70 * 1024) }));
  expect(sentOf(large)).toEqual(['key 0.00+0.25', '0.25+0.25', '0.50+0.25']);
});

test('without credit a joined stream skips to the next key frame as any other does', () => {
  const fragments = Array.from({ length: 18 }, (_, index) => fragmentOf({ number: index + 1, isKey: index % 8 === 0 }));
  expect(sentOf(fragments, 'never').filter((sent) => sent !== '-')).toEqual([
    'key 0.00+0.25',
    '0.25+0.50',
    '0.75+0.50',
    'hole key 2.00+0.25',
  ]);
});

test('a camera of one picture a second is never waited for by both ends: windows acknowledge every second fragment', () => {
  const fragments = [1, 2, 3].map((number) => fragmentOf({ number, isKey: number === 1, durationS: 1 }));
  expect(sentOf(fragments, 'never')).toEqual(['key 0.00+1.00', '1.00+1.00', '-']);
});

test('joined fragments are one: from the first, there when the last is, with the bytes of all', () => {
  const [first, second] = [1, 2].map((number) => fragmentOf({ number, bytes: Uint8Array.of(number), sourceAtMs: number * 250 }));
  const joined = joinFragments([first!, second!]);
  expect({ ...joined, bytes: [...joined.bytes] }).toEqual({ ...first, bytes: [1, 2], durationS: 0.5, arrivedAtMs: second!.arrivedAtMs });
  expect([countJoined({ waiting: [first!], joinS: 0.4 }), countJoined({ waiting: [first!], joinS: 0 })]).toEqual([0, 1]);
});

test('whatever fragments come: a viewer that keeps up gets all of them, in order, without a hole, and is never kept waiting for more than 0.4 s of them', () => {
  const fragment = fc.record({
    durationS: fc.constantFrom(0.08, 0.24, 0.25, 0.5, 1),
    size: fc.constantFrom(100, 20_000, 50_000, 70_000),
    isKey: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(fragment, { minLength: 1, maxLength: 60 }), (made) => {
      const queue = createChannelQueue({ ...gatewayLimits, joinS: gatewayLimits.pushJoinS });
      queue.offerInit(init);
      queue.takeNext(0);
      let [offeredS, sentS] = [0, 0];
      for (const [index, { durationS, size, isKey }] of made.entries()) {
        const bytes = new Uint8Array(size);
        queue.offerFragment({ ...fragmentOf({ number: index + 1, isKey: isKey || index === 0, durationS, bytes }), mediaTime: offeredS });
        offeredS += durationS;
        for (let next = queue.takeNext(0); next?.kind === 'fragment'; next = queue.takeNext(0)) {
          expect([next.isAfterHole, next.fragment.mediaTime]).toEqual([false, expect.closeTo(sentS, 6)]);
          sentS += next.fragment.durationS;
          queue.acknowledge(next.fragment.mediaTime);
        }
        expect(offeredS - sentS).toBeLessThan(gatewayLimits.pushJoinS);
      }
    }),
    { seed: 31, numRuns: 300 },
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Actor, Fact } from '#contract/record/index.ts';
import type { CountyId } from '#contract/values/index.ts';
import { emptyFeedState, evolveFeed, evolveFeedAll, toFeedSnapshot } from './facts.ts';

const payloads: Record<string, (version: number, number: number) => object> = {
  'cameras.sourceLost': (version, number) => ({ cameraId: `c${number}`, version, reason: 'noData' }),
  'cameras.sourceRestored': (version, number) => ({ cameraId: `c${number}`, version }),
  'cameras.faultReported': (version, number) => ({ cameraId: `c${number}`, version, fault: 'blurred' }),
  'cameras.faultCleared': (version, number) => ({ cameraId: `c${number}`, version }),
  'cameras.movedOut': (version, number) => ({ cameraId: `c${number}`, version }),
  'cameras.movedIn': (version, number) => ({
    ...{ cameraId: `c${number}`, version, source: { kind: 'normal' } },
    fault: { kind: 'other', reportedAtMs: version },
  }),
  'record.particularsErased': (_, number) => ({ reference: `6f1f5b1e-8a77-4a3c-9a53-6f6b3a0d9c1${number}`, reason: 'request' }),
  'wall.displaySeen': (version, number) => ({
    ...{ version, displayKey: `DP-${number}`, keySource: 'edid', number: number + 1, widthPx: 1920, heightPx: 1080 },
  }),
  'wall.tileCleared': (version, number) => ({ version, displayKey: `DP-${number}`, cell: 0 }),
  'directory.imported': (version, number) => ({
    ...{ countyId: 'al', revision: version, contentHash: String(number).repeat(64) },
    counts: { regions: 1, centers: 0, units: 0, responders: 0, cameras: number },
  }),
  'incidents.fromLater': (version) => ({ version }),
};

const anyFact = fc
  .record({
    type: fc.constantFrom(...Object.keys(payloads)),
    version: fc.integer({ min: 1, max: 9 }),
    number: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ type, version, number }): Fact => {
    const about = { countyId: 'al' as CountyId, v: 1, atMs: version, actor: 'system/test' as Actor, commandId: null, subject: 'camera/a' };
    return { ...about, type, payload: JSON.stringify(payloads[type]?.(version, number)) };
  });

test('many facts at once fold to what they fold to one by one, and the state before stays as it was', () => {
  fc.assert(
    fc.property(fc.array(anyFact), fc.array(anyFact), (earlier, later) => {
      const before = earlier.reduce(evolveFeed, emptyFeedState);
      const untouched = JSON.stringify(toFeedSnapshot(before));
      expect(evolveFeedAll(before, later)).toEqual(later.reduce(evolveFeed, before));
      expect(JSON.stringify(toFeedSnapshot(before))).toBe(untouched);
    }),
  );
});

test('the examples are facts that this version knows, but for the one from a later version', () => {
  const one = (type: string): Fact => ({
    ...{ countyId: 'al' as CountyId, v: 1, atMs: 1, actor: 'system/test' as Actor, commandId: null, subject: 'camera/a', type },
    payload: JSON.stringify(payloads[type]?.(1, 1)),
  });
  const unread = Object.keys(payloads).filter((type) => evolveFeed(emptyFeedState, one(type)).unknownFacts > 0);
  expect(unread).toEqual(['incidents.fromLater']);
});

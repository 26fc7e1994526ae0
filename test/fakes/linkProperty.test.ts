import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countyFeed } from '#contract/record/index.ts';
import type { CountyId } from '#contract/values/index.ts';
import type { Mischief } from './fakePlatform.ts';
import { type Happening, openLinkWorld } from './linkWorld.ts';

const desk = fc.constantFrom(0 as const, 1 as const);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('ask' as const),
      desk,
      type: fc.constantFrom('cameras.reportFault' as const, 'cameras.clearFault' as const),
      camera: fc.nat(3),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('wall' as const), desk }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 3_000 }) }) },
  // A command is on its way for 1 ms and its reply for another: here a cut falls in between.
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.constant(1) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('cut' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('kill' as const), desk }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('away' as const), forMs: fc.integer({ min: 1, max: 20_000 }) }) },
);
const backup: fc.Arbitrary<Happening> = fc.record({ kind: fc.constant('backup' as const), without: fc.nat(5) });
const fates: fc.Arbitrary<ReturnType<Mischief>[]> = fc.array(
  fc.constantFrom('arrives' as const, 'arrives' as const, 'isLost' as const, 'comesTwice' as const, 'comesLate' as const),
  { minLength: 1, maxLength: 30 },
);

/** How many lives: the figures of protocol.md, and of `npm run test:long`. */
const isLong = process.env['COMMANDWALL_LONG'] === '1';
const numRuns = isLong ? 100_000 : 2_000;
/** Many lives one after the other take their time on a machine that does other things too. */
const patient = { timeout: isLong ? 3_600_000 : 180_000 };

async function live({ happenings, lots }: { happenings: readonly Happening[]; lots: readonly ReturnType<Mischief>[] }) {
  let drawn = 0;
  const world = await openLinkWorld({
    mischief: () => {
      drawn += 1;
      return lots[drawn % lots.length] ?? 'arrives';
    },
  });
  for (const next of happenings) await world.happen(next);
  await world.rest();
  return world;
}

test('a reply that was faster than its own fact, then a cut: what is asked next about that camera goes in its order and needs no word', async () => {
  const lots = ['isLost' as const];
  const world = await openLinkWorld({ mischief: () => lots.pop() ?? 'arrives' });
  const ask = (type: 'cameras.reportFault' | 'cameras.clearFault') => world.happen({ kind: 'ask', desk: 0, type, camera: 0 });
  await ask('cameras.reportFault');
  // Its reply is here after 2 ms, its fact comes with the next connection.
  await world.happen({ kind: 'wait', ms: 2 });
  await world.happen({ kind: 'cut' });
  await ask('cameras.clearFault');
  await world.happen({ kind: 'wait', ms: 1_000 });
  await ask('cameras.reportFault');
  await world.rest();
  const outcomes = world.settled().map(({ commandId, told }) => [commandId, told]);
  expect({ outcomes, ran: world.platform.ran, needless: world.needless() }).toEqual({
    outcomes: world.asked.map((commandId) => [commandId, null]),
    ran: world.asked,
    needless: [],
  });
});

test('whatever is lost, doubled, late or cut off: every fact is applied once and every command runs once', patient, async () => {
  const reasons = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 40, size: 'max' }), fates, async (happenings, lots) => {
      const world = await live({ happenings, lots });
      const oracle = world.platform.stateOf(countyFeed('testland' as CountyId)).cameras;
      expect(world.reckon().map(({ has }) => has)).toEqual(world.reckon().map(({ should }) => should));
      expect(world.states()).toEqual([oracle, oracle]);
      expect(world.statuses().map(({ kind, missed, waiting }) => ({ kind, missed, waiting }))).toEqual(
        [0, 1].map(() => ({ kind: 'live', missed: 0, waiting: 0 })),
      );
      const places = world.continuities().flatMap(({ feeds }) => feeds);
      expect(places.map(({ seq }) => seq)).toEqual(places.map(({ headSeq }) => headSeq));
      expect(world.platform.ran.toSorted()).toEqual([...new Set(world.platform.ran)].toSorted());
      expect(
        world
          .settled()
          .map(({ commandId }) => commandId)
          .toSorted(),
      ).toEqual(world.asked.toSorted());
      expect([world.overtakers(), world.needless(), world.blind()]).toEqual([[], [], []]);
      for (const { why } of world.wordless) reasons.add(why);
      // What waits for a word never ran without it.
      expect(world.wordless.filter(({ why, done }) => !['tooOld', 'movedOn', 'behind'].includes(why) || done !== undefined)).toEqual([]);
      // What was discarded never ran; everything else is told as the platform did it.
      const expected = world
        .settled()
        .map(({ told, done }) => (told === 'link.discarded' ? { told, done: undefined } : { told: done, done }));
      expect(world.settled().map(({ told, done }) => ({ told, done }))).toEqual(expected);
    }),
    { numRuns, seed: 20_260_801 },
  );
  expect([...reasons].toSorted()).toEqual(['behind', 'movedOn', 'tooOld']);
});

test(
  'a platform that was set back is noticed, and every desk ends with its history and no other, and its own wall whole',
  patient,
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { minLength: 5, maxLength: 20 }),
        backup,
        fc.array(happening, { maxLength: 15 }),
        async (before, set, after) => {
          const world = await live({ happenings: [...before, set, ...after], lots: ['arrives', 'isLost'] });
          const oracle = world.platform.stateOf(countyFeed('testland' as CountyId)).cameras;
          expect([world.states(), world.reckon().map(({ has }) => has)]).toEqual([
            [oracle, oracle],
            world.reckon().map(({ should }) => should),
          ]);
          // The desk is its wall's only source: what the record lost of it is told again, also by a desk that has nothing new to tell.
          expect(world.shipped()).toEqual(world.shipped().map(([made]) => [made, made, made]));
        },
      ),
      { numRuns, seed: 20_260_802 },
    );
  },
);

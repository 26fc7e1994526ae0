import { ResponderStatus } from '#contract/responders/index.ts';
import type { Clock, Randomness, RegionId, Timers } from '#contract/values/index.ts';
import type { Directory } from '../../directory/index.ts';
import type { PositionReport, Positions } from '../index.ts';
import { straightWays, type Ways } from './roadWays.ts';
import { createWalker, type Walker } from './walker.ts';
import { type Spot, spotsOfVillages } from './spots.ts';

/** The demo's people in the field, until it is closed. */
export type DemoResponders = { close(): void };

/** The demo's people move this often; each of them reports less often (walker). Unit: ms. */
const stepMs = 1_000;

/**
 * Lets the responders of an invented county go their ways: around their own village, along its roads, on foot or by motorcycle, with pauses; some of them fall
 * silent for a while, as phones do in valleys. Demo mode only.
 */
export function startDemoResponders({
  directory,
  report,
  ways = straightWays,
  clock,
  timers,
  random,
}: {
  directory: Pick<Directory, 'rows' | 'regionPath' | 'region' | 'revision'>;
  report: Positions['report'];
  /** The roads of the county's map; absent = everybody goes straight. */
  ways?: Ways;
  clock: Clock;
  timers: Timers;
  random: Randomness;
}): DemoResponders {
  let revision = -1;
  let walkers: ReadonlyMap<string, Walker> = new Map();

  function step(): void {
    if (revision !== directory.revision()) {
      revision = directory.revision();
      walkers = walkersOf({ directory, before: walkers, ways, nowMs: clock.nowMs(), random });
    }
    const nowMs = clock.nowMs();
    const batch: PositionReport[] = [];
    for (const [responderId, walker] of walkers) {
      const said = walker.step(nowMs);
      if (said !== null) batch.push({ responderId, ...said, status: ResponderStatus.options[said.isOnTheWay ? 2 : 0] ?? 'available' });
    }
    report(batch);
    cancel = timers.afterMs(stepMs, step);
  }
  let cancel = timers.afterMs(0, step);
  return { close: () => cancel() };
}

/** One walker per responder; whoever walks already goes on. Who has no place to be in his village stays at its middle. */
function walkersOf({
  directory,
  before,
  ways,
  nowMs,
  random,
}: {
  directory: Pick<Directory, 'rows' | 'regionPath' | 'region'>;
  before: ReadonlyMap<string, Walker>;
  ways: Ways;
  nowMs: number;
  random: Randomness;
}): ReadonlyMap<string, Walker> {
  const spots = spotsOfVillages(directory);
  const villageOf = (id: RegionId) => directory.regionPath(id).find((above) => directory.region(above)?.level === 'village') ?? id;
  return new Map(
    directory.rows('responders').map(({ id, kind, regionId }) => {
      const around: readonly Spot[] = spots.get(villageOf(regionId)) ?? [directory.region(regionId)?.center ?? [0, 0]];
      const first = directory.region(regionId)?.center ?? around[0] ?? [0, 0];
      return [id, before.get(id) ?? createWalker({ first, around, kind, ways, nowMs, random })] as const;
    }),
  );
}

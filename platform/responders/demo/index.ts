import type { Clock, Randomness, RegionId, Timers } from '#contract/values/index.ts';
import { regionAbove } from '#platform/demo/regionAbove.ts';
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
  goals = () => new Map(),
  ways = straightWays,
  clock,
  timers,
  random,
}: {
  directory: Pick<Directory, 'rows' | 'regionPath' | 'region' | 'revision'>;
  report: Positions['report'];
  /** Who was sent where now. */
  goals?: () => ReadonlyMap<string, Spot>;
  /** The roads of the county's map; absent = everybody goes straight. */
  ways?: Ways;
  clock: Clock;
  timers: Timers;
  random: Randomness;
}): DemoResponders {
  let revision = -1;
  let walkers: ReadonlyMap<string, Walker> = new Map();
  let sent: ReadonlyMap<string, Spot> = new Map();

  function step(): void {
    sent = goals();
    if (revision !== directory.revision()) {
      revision = directory.revision();
      walkers = walkersOf({ directory, before: walkers, goal: (id) => sent.get(id) ?? null, ways, nowMs: clock.nowMs(), random });
    }
    const nowMs = clock.nowMs();
    const batch: PositionReport[] = [];
    for (const [responderId, walker] of walkers) {
      const said = walker.step(nowMs);
      if (said === null) continue;
      const { task, ...place } = said;
      batch.push({ responderId, ...place, status: task === 'rounds' ? 'available' : task });
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
  goal,
  ways,
  nowMs,
  random,
}: {
  directory: Pick<Directory, 'rows' | 'regionPath' | 'region'>;
  before: ReadonlyMap<string, Walker>;
  goal: (responderId: string) => Spot | null;
  ways: Ways;
  nowMs: number;
  random: Randomness;
}): ReadonlyMap<string, Walker> {
  const spots = spotsOfVillages(directory);
  const villageOf = (id: RegionId) => regionAbove(directory, { regionId: id, level: 'village' }) ?? id;
  return new Map(
    directory.rows('responders').map(({ id, kind, regionId }) => {
      const around: readonly Spot[] = spots.get(villageOf(regionId)) ?? [directory.region(regionId)?.center ?? [0, 0]];
      const first = directory.region(regionId)?.center ?? around[0] ?? [0, 0];
      return [id, before.get(id) ?? createWalker({ first, around, kind, goal: () => goal(id), ways, nowMs, random })] as const;
    }),
  );
}

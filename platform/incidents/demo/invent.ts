import type { OpenIncident } from '#contract/incidents/index.ts';
import { IncidentId, type LngLat, type Randomness, type RegionId } from '#contract/values/index.ts';
import { between, pick } from '#platform/demo/randomness.ts';
import { regionAbove } from '#platform/demo/regionAbove.ts';
import type { Directory } from '../../directory/index.ts';

/** A grid where matters come up: the places in it, and how much more than elsewhere there is to do. */
export type Site = {
  readonly regionId: RegionId;
  readonly townId: RegionId | null;
  readonly villageId: RegionId | null;
  readonly spots: readonly LngLat[];
  readonly weight: number;
};

type Kind = { readonly kind: string; readonly urgency: OpenIncident['urgency']; readonly share: number };

// How often what comes up, of a hundred.
const kinds: readonly Kind[] = [
  { kind: 'dispute', urgency: 'normal', share: 19 },
  { kind: 'environment', urgency: 'normal', share: 16 },
  { kind: 'streetLight', urgency: 'normal', share: 12 },
  { kind: 'noise', urgency: 'normal', share: 9 },
  { kind: 'roadDamage', urgency: 'normal', share: 9 },
  { kind: 'waterSupply', urgency: 'normal', share: 8 },
  { kind: 'manhole', urgency: 'urgent', share: 7 },
  { kind: 'treeDown', urgency: 'urgent', share: 6 },
  { kind: 'traffic', urgency: 'urgent', share: 5 },
  { kind: 'gasLeak', urgency: 'urgent', share: 4 },
  { kind: 'flooding', urgency: 'urgent', share: 3 },
  { kind: 'landslide', urgency: 'critical', share: 1 },
  { kind: 'fire', urgency: 'critical', share: 1 },
];

/** From the report until it is to be done (办理时限): three working days, hours, minutes. Unit: ms. */
const timesMs = {
  normal: [24 * 3_600_000, 72 * 3_600_000],
  urgent: [4 * 3_600_000, 12 * 3_600_000],
  critical: [30 * 60_000, 60 * 60_000],
} as const;

/** One grid of so many has much to do, and that much more than others. */
const busyShare = 0.07;
const busyWeight = [10, 26] as const;

/** The grids of a directory, a few of them busy; matters lie where its cameras stand (roads, squares, bridges), else at its middle. */
export function sitesOf({
  directory,
  random,
}: {
  directory: Pick<Directory, 'rows' | 'regionPath' | 'region'>;
  random: Randomness;
}): readonly Site[] {
  const spots = Map.groupBy(directory.rows('cameras'), ({ regionId }) => regionId);
  return directory
    .rows('regions')
    .filter(({ level }) => level === 'grid')
    .map(({ id, center }) => {
      const there = spots.get(id)?.flatMap(({ location }) => (location === null ? [] : [location])) ?? [];
      return {
        regionId: id,
        townId: regionAbove(directory, { regionId: id, level: 'town' }),
        villageId: regionAbove(directory, { regionId: id, level: 'village' }),
        spots: there.length > 0 ? there : [center],
        weight: random() < busyShare ? between(random, busyWeight) : 1,
      };
    });
}

/** Invents a matter; `age` = which share of its time has gone by already. */
export function inventIncident({
  sites,
  nowMs,
  random,
  age,
}: {
  sites: readonly Site[];
  nowMs: number;
  random: Randomness;
  age: number | 'justNow';
}): OpenIncident {
  const { regionId, townId, villageId, spots } = weighted(sites, ({ weight }) => weight, random);
  const { kind, urgency } = weighted(kinds, ({ share }) => share, random);
  const wholeMs = Math.round(between(random, timesMs[urgency]));
  const reportedAtMs = Math.round(nowMs - (age === 'justNow' ? 0 : age * wholeMs));
  const [day, serial] = [new Date(reportedAtMs + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', ''), Math.floor(random() * 1e6)];
  const number = `AL-${day}-${String(serial).padStart(6, '0')}`;
  return {
    ...{ incidentId: IncidentId.parse(number.toLowerCase()), version: 1, number, at: pick(random, spots) },
    ...{ regionId, townId, villageId, kind, urgency, reportedAtMs, dueAtMs: reportedAtMs + wholeMs },
  };
}

function weighted<Choice>(choices: readonly Choice[], weightOf: (choice: Choice) => number, random: Randomness): Choice {
  let left = random() * choices.reduce((sum, choice) => sum + weightOf(choice), 0);
  const chosen = choices.find((choice) => (left -= weightOf(choice)) < 0) ?? choices.at(-1);
  if (chosen === undefined) throw new Error('nothing to choose from');
  return chosen;
}

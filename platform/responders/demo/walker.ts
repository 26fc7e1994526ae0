import type { Randomness } from '#contract/values/index.ts';
import { between, pick } from '#platform/demo/randomness.ts';
import type { Ways } from './roadWays.ts';
import { metresBetween, type Spot } from './spots.ts';

/** What a walker's phone says. */
export type Said = {
  readonly measuredAtMs: number;
  readonly lng: number;
  readonly lat: number;
  readonly headingDeg: number;
  /** What he does: his own rounds, on his way to where he was sent, or there. */
  readonly task: 'rounds' | 'enRoute' | 'onScene';
};

/** One invented person: `step` moves him to that moment; what his phone says then, null when it says nothing. */
export type Walker = { step(nowMs: number): Said | null };

/** km/h: a person on a village path, and a motorcycle on a mountain road. */
const speedsKmh = { walk: [3, 5.5], motorcycle: [15, 35] } as const;
/** Phones report about this often while their owner moves, and while he does not. Unit: ms. */
const reportEveryMs = { moving: [4_000, 8_000], resting: [15_000, 25_000] } as const;
const pauseMs = [20_000, 240_000] as const;
/** About one of twenty is stale at any moment: talking for this long, silent for that long. Unit: ms. */
const talkingMs = [30 * 60_000, 150 * 60_000] as const;
const silentMs = [90_000, 9 * 60_000] as const;
const silentAtFirst = 0.043;
/** Of the spots around, the next one is one of so many nearest. */
const nearest = 4;

/** Puts somebody at his grid's middle; kinds other than grid workers go by motorcycle more often. */
export function createWalker({
  first,
  around,
  kind,
  goal = () => null,
  ways,
  nowMs,
  random,
}: {
  first: Spot;
  around: readonly Spot[];
  kind: string;
  /** Where he was sent: he goes there and stays; null = nowhere, and he goes his own ways. */
  goal?: () => Spot | null;
  ways: Ways;
  nowMs: number;
  random: Randomness;
}): Walker {
  const rides = random() < (kind === 'gridWorker' ? 0.25 : 0.45);
  const metresPerMs = between(random, rides ? speedsKmh.motorcycle : speedsKmh.walk) / 3_600;
  let at: Spot = ways(first, first).at(-1) ?? first;
  let to: Spot = at;
  let from: Spot = at;
  /** What is still to be passed, the goal last. */
  let way: readonly Spot[] = [];
  let headingDeg = Math.floor(random() * 360);
  let movedAtMs = nowMs;
  let sentTo: Spot | null = null;
  let restsUntilMs = nowMs + random() * pauseMs[1] * 0.5;
  let reportsAtMs = nowMs;
  const isSilent = random() < silentAtFirst;
  let silentFromMs = isSilent ? nowMs : nowMs + random() * talkingMs[1];
  let silentUntilMs = isSilent ? nowMs + between(random, silentMs) : 0;
  // Who is silent at the start was heard of before it: the first word is an old one.
  let isFirst = true;

  /** Whoever is sent sets out at once, and is free when the matter is closed. */
  function turn(atMs: number): void {
    const next = goal();
    if (next?.[0] === sentTo?.[0] && next?.[1] === sentTo?.[1]) return;
    sentTo = next;
    restsUntilMs = atMs;
    movedAtMs = atMs;
    way = next === null ? [] : [...ways(at, next), next];
  }

  function move(untilMs: number): void {
    const leftMetres = Math.max(0, untilMs - Math.max(movedAtMs, restsUntilMs)) * metresPerMs;
    movedAtMs = untilMs;
    if (leftMetres === 0) return;
    const rest = along(leftMetres);
    if (rest === 0) return;
    if (sentTo !== null) {
      restsUntilMs = Number.POSITIVE_INFINITY;
      return;
    }
    from = at;
    to = nextSpot({ at, from, around, random });
    way = ways(at, to);
    restsUntilMs = random() < 0.4 ? untilMs + between(random, pauseMs) : untilMs;
  }

  /** Goes so far along the way; what is left over when its end is reached. */
  function along(metres: number): number {
    let left = metres;
    for (let next = way[0]; next !== undefined; next = way[0]) {
      const away = metresBetween(at, next);
      if (away > 0) headingDeg = bearingDeg(at, next);
      if (away > left) {
        const share = left / away;
        at = [at[0] + (next[0] - at[0]) * share, at[1] + (next[1] - at[1]) * share];
        return 0;
      }
      left -= away;
      at = next;
      way = way.slice(1);
    }
    return left > 0 ? left : 1;
  }

  function isTalking(atMs: number): boolean {
    if (atMs < silentFromMs) return true;
    if (silentUntilMs === 0) silentUntilMs = silentFromMs + between(random, silentMs);
    if (atMs < silentUntilMs) return false;
    [silentFromMs, silentUntilMs] = [atMs + between(random, talkingMs), 0];
    return true;
  }

  return {
    step(atMs) {
      turn(atMs);
      move(atMs);
      const measuredAtMs = isFirst && isSilent ? atMs - between(random, silentMs) : atMs;
      const says = isFirst || (isTalking(atMs) && atMs >= reportsAtMs);
      isFirst = false;
      if (!says) return null;
      const isMoving = atMs > restsUntilMs;
      reportsAtMs = atMs + between(random, isMoving ? reportEveryMs.moving : reportEveryMs.resting);
      const task = sentTo === null ? 'rounds' : isMoving ? 'enRoute' : 'onScene';
      return { measuredAtMs: Math.round(measuredAtMs), lng: at[0], lat: at[1], headingDeg, task };
    },
  };
}

function nextSpot({ at, from, around, random }: { at: Spot; from: Spot; around: readonly Spot[]; random: Randomness }): Spot {
  const others = around.filter((spot) => spot !== at && spot !== from);
  if (others.length === 0) return at;
  const byDistance = others.toSorted((a, b) => metresBetween(at, a) - metresBetween(at, b));
  return pick(random, byDistance.slice(0, nearest));
}

function bearingDeg(a: Spot, b: Spot): number {
  const east = (b[0] - a[0]) * Math.cos((a[1] * Math.PI) / 180);
  return (Math.round((Math.atan2(east, b[1] - a[1]) * 180) / Math.PI) + 360) % 360;
}

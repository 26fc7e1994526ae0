import { type Continuity, type FeedPlace, type HealedGap, maxHealedShown } from '#contract/bridge/index.ts';
import type { Fact, FeedName } from '#contract/record/index.ts';
import { shiftStartMs } from '#contract/values/index.ts';

/** Lags older than this say nothing about the line as it is. */
export const lagWindowMs = 5 * 60_000;

/** Lags that are kept at once: enough for a median, small beside a flood of facts. */
export const maxLagSamples = 2_000;

type LagSample = { readonly arrivedAtMs: number; readonly lagMs: number };

/** What was seen of a line since the room was started. Moments are of this machine's clock: the offset may be measured anew meanwhile. */
export type ContinuityLog = {
  readonly startedAtMs: number;
  readonly lags: readonly LagSample[];
  /** Newest first, all of them: the count since the start of the shift must not forget any. */
  readonly healed: readonly HealedGap[];
};

/** Gaps that are remembered; a line that has more in a shift has other worries than their exact number. */
const maxHealed = 1_000;

/** A line of which nothing was seen yet. */
export function newContinuityLog(startedAtMs: number): ContinuityLog {
  return { startedAtMs, lags: [], healed: [] };
}

/**
 * Takes the lag of facts as they arrive. Facts from before the start are no lag of this line, and the desk's own walls tell their time
 * by the desk itself. `offsetMs` null = the clocks were not compared yet: a lag would be a guess.
 */
export function noteArrivals(
  log: ContinuityLog,
  { facts, nowMs, offsetMs }: { facts: readonly { feed: FeedName; fact: Fact }[]; nowMs: number; offsetMs: number | null },
): ContinuityLog {
  if (offsetMs === null) return log;
  const fresh = facts
    .filter(({ feed, fact }) => !feed.startsWith('desk/') && fact.atMs >= log.startedAtMs + offsetMs)
    .map(({ fact }) => ({ arrivedAtMs: nowMs, lagMs: Math.max(0, nowMs + offsetMs - fact.atMs) }));
  return fresh.length === 0 ? log : { ...log, lags: [...recent(log.lags, nowMs), ...fresh].slice(-maxLagSamples) };
}

/** Takes down that facts came late, or were replaced. */
export function noteHealed(log: ContinuityLog, gap: HealedGap): ContinuityLog {
  return { ...log, healed: [gap, ...log.healed].slice(0, maxHealed) };
}

/** What the operator is told now. `missing` = facts that heads name and that are not here. */
export function continuityOf(
  log: ContinuityLog,
  {
    nowMs,
    offsetMs,
    timeZone,
    missing,
    feeds,
  }: { nowMs: number; offsetMs: number; timeZone: string | null; missing: number; feeds: readonly FeedPlace[] },
): Omit<Continuity, 'unknownFacts'> {
  const startedAtMs = log.startedAtMs + offsetMs;
  const shiftMs = timeZone === null ? startedAtMs : shiftStartMs(nowMs + offsetMs, timeZone);
  const healed = log.healed.map((gap) => ({ ...gap, atMs: gap.atMs + offsetMs }));
  const sinceMs = Math.max(shiftMs, startedAtMs);
  const replaced = healed.filter(({ atMs, by }) => by === 'snapshot' && atMs >= sinceMs).reduce((sum, { facts }) => sum + facts, 0);
  return {
    sinceMs,
    from: shiftMs > startedAtMs ? 'shift' : 'roomStart',
    missed: missing + replaced,
    lag: lagOf(recent(log.lags, nowMs)),
    feeds: [...feeds],
    healed: healed.slice(0, maxHealedShown),
  };
}

function recent(lags: readonly LagSample[], nowMs: number): readonly LagSample[] {
  return lags.filter(({ arrivedAtMs }) => nowMs - arrivedAtMs <= lagWindowMs);
}

function lagOf(lags: readonly LagSample[]): Continuity['lag'] {
  const sorted = lags.map(({ lagMs }) => Math.round(lagMs)).toSorted((a, b) => a - b);
  const [medianMs, worstMs] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted.at(-1)];
  return medianMs === undefined || worstMs === undefined ? null : { medianMs, worstMs, facts: sorted.length };
}

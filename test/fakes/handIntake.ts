import type { Clock, Timers } from '#contract/values/index.ts';
import { nodeTimers } from '#platform/nodePorts.ts';
import type { OpenIntake, PositionReport, Positions } from '#platform/responders/index.ts';

/** Rounds of positions run when `tick` says so, everything else by the machine's time. */
export function openHandRounds(): { readonly timers: Timers; tick(): void } {
  const rounds: (() => void)[] = [];
  return {
    timers: { afterMs: (delayMs, run) => (delayMs === 1_000 ? (rounds.push(run), () => {}) : nodeTimers.afterMs(delayMs, run)) },
    tick: () => {
      for (const run of rounds.splice(0)) run();
    },
  };
}

/** Where reports come from, in a test's hand: `report` says where somebody is now, in Testland. */
export function openHandIntake(clock: Clock) {
  let give: Positions['report'] = () => {};
  const openIntake: OpenIntake = ({ report }) => {
    give = report;
    return { close: () => {} };
  };
  function report(responderId: string, changes: Partial<PositionReport> = {}): void {
    give([{ responderId, measuredAtMs: clock.nowMs(), lng: 108.5, lat: 33.25, headingDeg: 90, status: 'available', ...changes }]);
  }
  /** The same of many at once. */
  function reportAll(responderIds: readonly string[], changes: Partial<PositionReport>): void {
    const place = { measuredAtMs: clock.nowMs(), lng: 108.5, lat: 33.25, headingDeg: 90, status: 'available', ...changes } as const;
    give(responderIds.map((responderId) => ({ responderId, ...place })));
  }
  return { openIntake, report, reportAll };
}

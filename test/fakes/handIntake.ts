import type { Clock } from '#contract/values/index.ts';
import type { OpenIntake, PositionReport, Positions } from '#platform/responders/index.ts';

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
  return { openIntake, report };
}

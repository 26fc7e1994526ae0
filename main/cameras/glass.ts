import type { Timers } from '#contract/values/index.ts';
import type { DisplayKey, GlassReport } from '#contract/wall/index.ts';

/** Windows report every 2 s (contract/wall/glass); one report lost on the way is not yet a window that stopped. */
export const reportStaleMs = 5_000;

/** What every Display proves to show, as last reported. What nobody has proven lately is not claimed any more. */
export type Glass = {
  reports(): readonly GlassReport[];
  report(report: GlassReport): void;
  /** The Display or its window is gone. */
  forget(displayKey: DisplayKey): void;
  close(): void;
};

/** Collects the glass reports. `onReport` is told each one, and once more when it has gone stale. */
export function createGlass({ timers, onReport }: { timers: Timers; onReport: (report: GlassReport) => void }): Glass {
  const latest = new Map<DisplayKey, GlassReport>();
  const cancels = new Map<DisplayKey, () => void>();

  function keep(report: GlassReport): void {
    latest.set(report.displayKey, report);
    onReport(report);
  }

  function cancel(displayKey: DisplayKey): void {
    cancels.get(displayKey)?.();
    cancels.delete(displayKey);
  }

  return {
    reports: () => [...latest.values()],
    report: (report) => {
      const { displayKey } = report;
      cancel(displayKey);
      keep(report);
      cancels.set(
        displayKey,
        timers.afterMs(reportStaleMs, () => keep(agedReport(report))),
      );
    },
    forget: (displayKey) => {
      cancel(displayKey);
      latest.delete(displayKey);
    },
    close: () => {
      for (const displayKey of [...cancels.keys()]) cancel(displayKey);
    },
  };
}

/** A report that nobody has renewed: what it called live or unmoving is stale since it was made. Its own time stays. */
export function agedReport(report: GlassReport): GlassReport {
  const cells = report.cells.map((cell) => {
    const isProof = cell.state === 'live' || cell.state === 'unmoving';
    return isProof ? { ...cell, state: 'stale' as const, sinceMs: report.atMs } : cell;
  });
  return { ...report, cells };
}

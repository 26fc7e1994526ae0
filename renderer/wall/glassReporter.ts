import type { Timers } from '#contract/values/index.ts';
import type { DisplayKey, GlassCell, GlassReport } from '#contract/wall/index.ts';
import type { TileGlass } from './tileKinds.ts';

/** Gathers what the tiles of one Display prove and tells main. */
export type GlassReporter = {
  tell(cell: number, glass: TileGlass): void;
  /** The cell shows nothing any more. */
  forget(cell: number): void;
  stop(): void;
};

// contract/wall, GlassReport: at every change and at least every 2 s. Several tiles that change together go in one report.
const reportEveryMs = 2_000;
const gatherMs = 50;

/** Starts reporting. */
export function startGlassReporter({
  displayKey,
  send,
  timers,
  platformNow,
}: {
  displayKey: DisplayKey;
  send: (report: GlassReport) => void;
  timers: Timers;
  platformNow: () => number;
}): GlassReporter {
  const cells = new Map<number, GlassCell>();
  let cancel = () => {};
  let hasChange = false;
  const report = () => {
    hasChange = false;
    send({ displayKey, atMs: platformNow(), cells: [...cells.values()].toSorted((a, b) => a.cell - b.cell) });
    cancel = timers.afterMs(reportEveryMs, report);
  };
  const soon = () => {
    if (hasChange) return;
    hasChange = true;
    cancel();
    cancel = timers.afterMs(gatherMs, report);
  };
  cancel = timers.afterMs(gatherMs, report);
  return {
    tell: (cell, glass) => {
      const before = cells.get(cell);
      cells.set(cell, { cell, ...glass });
      if (before?.state !== glass.state || before.cameraId !== glass.cameraId) soon();
    },
    forget: (cell) => {
      if (cells.delete(cell)) soon();
    },
    stop: () => cancel(),
  };
}

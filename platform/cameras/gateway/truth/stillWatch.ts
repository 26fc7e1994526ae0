/** How fine a picture is looked at: grey cells, one byte each, row by row. */
export const greyGrid = { columns: 64, rows: 36 } as const;
export const greyBytes = greyGrid.columns * greyGrid.rows;

/**
 * Notices a picture in which nothing changes. Samples are compared with the first one of the still stretch, not with the one before, so
 * that a slow change is seen as well.
 */
export type StillWatch = {
  /** Takes a sample; answers since when nothing has changed, null while that is not long enough or something moves. */
  take(grey: Uint8Array, atMs: number): number | null;
};

// Noise of a sensor and of an encoder that is spread over a cell; a person in the distance is 10 and more.
const toleranceGrey = 6;
// A burned-in clock: it stands in a strip along the upper or the lower border and is small.
const stripRows = 4;
const mostClockCells = 48;

export function createStillWatch({ stillAfterMs }: { stillAfterMs: number }): StillWatch {
  let reference: { readonly grey: Uint8Array; readonly atMs: number } | null = null;
  let changed = new Set<number>();
  return {
    take(grey, atMs) {
      const before = reference;
      for (const cell of changedCells(before?.grey ?? grey, grey)) changed.add(cell);
      if (before !== null && isNothing(changed)) return atMs - before.atMs >= stillAfterMs ? before.atMs : null;
      reference = { grey, atMs };
      changed = new Set();
      return null;
    },
  };
}

function changedCells(before: Uint8Array, after: Uint8Array): readonly number[] {
  const cells: number[] = [];
  for (const [cell, grey] of after.entries()) if (Math.abs(grey - (before[cell] ?? 0)) > toleranceGrey) cells.push(cell);
  return cells;
}

/** Whether all that has changed since the first sample is nothing, or no more than a clock in one strip along the border. */
function isNothing(changed: ReadonlySet<number>): boolean {
  if (changed.size > mostClockCells) return false;
  const rows = [...changed].map((cell) => Math.floor(cell / greyGrid.columns));
  return rows.every((row) => row < stripRows) || rows.every((row) => row >= greyGrid.rows - stripRows);
}

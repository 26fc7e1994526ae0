import type { Room } from '#contract/bridge/index.ts';
import { hlsLimits } from '#contract/cameras/index.ts';
import { type GlassCell, type GlassKind, type GlassReport, shownTiles } from '#contract/wall/index.ts';

/** A report older than this says nothing about the glass any more (contract/wall: reported at least every 2 s). */
const reportHoldsMs = 6_000;

/** What is known of one cell's glass: what its window reported last, or that nobody reports. */
export type KnownGlass = GlassCell | 'unreported';

/** Glass of one cell as of now. */
export function glassOf({
  glass,
  displayKey,
  cell,
  nowMs,
}: {
  glass: readonly GlassReport[];
  displayKey: string;
  cell: number;
  nowMs: number;
}): KnownGlass {
  const report = glass.find((known) => known.displayKey === displayKey);
  if (report === undefined || nowMs - report.atMs > reportHoldsMs) return 'unreported';
  return report.cells.find((known) => known.cell === cell) ?? 'unreported';
}

/** How many placed pictures there are, by what they prove; the pieces add up to `expected`. `troubles`: of how many somebody should look at. */
export type Proven = {
  readonly expected: number;
  readonly byKind: Readonly<Record<Exclude<GlassKind, 'none'> | 'unreported', number>>;
  readonly troubles: number;
};

/** Counts over a Wall: every tile placed on a Display that is plugged in, and has a picture of its own, is expected to be live. */
export function provenCount({
  glass,
  wall,
  displays,
  nowMs,
}: Pick<Room, 'glass' | 'wall'> & { displays: readonly { displayKey: string }[]; nowMs: number }): Proven {
  const byKind = { live: 0, connecting: 0, unmoving: 0, stale: 0, offline: 0, refused: 0, unreported: 0 };
  let expected = 0;
  let troubles = 0;
  for (const scene of wall.displays) {
    const { displayKey } = scene;
    if (!displays.some((present) => present.displayKey === displayKey)) continue;
    for (const [cell, tile] of shownTiles(scene).entries()) {
      if (tile === null) continue;
      const known = glassOf({ glass, displayKey, cell, nowMs });
      const kind = known === 'unreported' ? known : known.state;
      if (kind === 'none') continue;
      expected += 1;
      byKind[kind] += 1;
      if (known !== 'unreported' && isTrouble(known, nowMs)) troubles += 1;
    }
  }
  return { expected, byKind, troubles };
}

/** Kinds of a picture that was there or should be, and is not proven. */
const troubleKinds: readonly GlassKind[] = ['stale', 'offline', 'unmoving', 'refused'];

/** Whether somebody should look at it; also at one that connects longer than any way of playing may take. */
export function isTrouble({ state, sinceMs }: Pick<GlassCell, 'state' | 'sinceMs'>, nowMs: number): boolean {
  return troubleKinds.includes(state) || (state === 'connecting' && nowMs - sinceMs > hlsLimits.connectWithinMs);
}

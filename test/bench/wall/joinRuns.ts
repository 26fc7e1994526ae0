import type { GatewayRow } from './measureGateway.ts';
import type { TileFigures } from './measureTiles.ts';

/** What one run of the wall's bench measured: some tile counts, some sides, some rows of the gateway. */
export type WallRun = {
  readonly machine: string;
  readonly commit: string;
  readonly tiles: readonly TileFigures[];
  readonly gateway: readonly GatewayRow[];
};

/** All repetitions of several runs, by number of tiles: for the table. What is compared is taken from runs that measured both (`ratiosOf`). */
export function joinTiles(runs: readonly Pick<WallRun, 'tiles'>[]): readonly TileFigures[] {
  const joined = new Map<number, TileFigures>();
  for (const { tiles, views, floor } of runs.flatMap((run) => run.tiles)) {
    const before = joined.get(tiles) ?? { tiles, views: {}, floor: [] };
    const names = [...new Set([...Object.keys(before.views), ...Object.keys(views)])] as (keyof TileFigures['views'])[];
    joined.set(tiles, {
      tiles,
      views: Object.fromEntries(names.map((name) => [name, [...(before.views[name] ?? []), ...(views[name] ?? [])]])),
      floor: [...before.floor, ...floor],
    });
  }
  return [...joined.values()].toSorted((a, b) => a.tiles - b.tiles);
}

/** The same for the gateway. */
export function joinRows(runs: readonly Pick<WallRun, 'gateway'>[]): readonly GatewayRow[] {
  const joined = new Map<string, GatewayRow>();
  for (const row of runs.flatMap((run) => run.gateway)) {
    const key = `${row.sources}x${row.viewers}`;
    const before = joined.get(key);
    joined.set(key, {
      ...row,
      gateway: [...(before?.gateway ?? []), ...row.gateway],
      plain: [...(before?.plain ?? []), ...row.plain],
    });
  }
  return [...joined.values()];
}

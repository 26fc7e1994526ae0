import { quantile, spreadOf } from '../measure.ts';
import type { SideSample } from './measureSide.ts';

type Figure = 'openMs' | 'tickMs' | 'idleMs' | 'gridsMs' | 'tickMB' | 'tickFrames';
type Of = { readonly sizeName: string; readonly side: SideSample['side'] };

/** The keys of docs/benchmarks.json that these samples give. */
export function ratiosOf(samples: readonly SideSample[]): Readonly<Record<string, number>> {
  const of = (figure: Figure, where: Of) => medianOf(samples, { figure, ...where });
  const ours = { sizeName: 'prefecture', side: 'ours' } as const;
  const theirs = { sizeName: 'prefecture', side: 'deck' } as const;
  const above = (where: Of) => difference(of('tickMs', where), of('idleMs', where));
  const keys = {
    tickVsNaive13028: ratio(of('tickMs', ours), of('tickMs', theirs)),
    tickAboveIdleVsNaive13028: ratio(above(ours), above(theirs)),
    gridsVsNewArray4580: ratio(of('gridsMs', ours), of('gridsMs', theirs)),
    heapGrowthVsNaive: ratio(of('tickMB', ours), of('tickMB', theirs)),
    firstMapVsNaive: ratio(of('openMs', ours), of('openMs', theirs)),
    growth10x: ratio(of('tickMs', { sizeName: 'tenfold', side: 'ours' }), of('tickMs', ours)),
  };
  return Object.fromEntries(Object.entries(keys).flatMap(([key, value]) => (value === null ? [] : [[key, value] as const])));
}

const columns: readonly { readonly title: string; readonly figure: Figure; readonly digits: number }[] = [
  { title: 'first map ms', figure: 'openMs', digits: 0 },
  { title: 'tick ms', figure: 'tickMs', digits: 2 },
  { title: 'idle frame ms', figure: 'idleMs', digits: 2 },
  { title: 'all grids ms', figure: 'gridsMs', digits: 2 },
  { title: 'MB per tick', figure: 'tickMB', digits: 2 },
  { title: 'frames per tick', figure: 'tickFrames', digits: 1 },
];
const width = 24;

/** Writes the figures for people; medians (smallest-largest). */
export function printTable(startedOn: string, samples: readonly SideSample[]): void {
  console.log(`\n${startedOn}; processor milliseconds of the main thread (first map: by the clock), medians (smallest-largest)`);
  console.log(`${''.padEnd(20)}${columns.map(({ title }) => title.padEnd(width)).join('')}`);
  for (const [name, rows] of Map.groupBy(samples, ({ sizeName, side }) => `${sizeName} ${side}`)) {
    const cells = columns.map(({ figure, digits }) => {
      const { median, min, max } = spreadOf(rows.map((row) => row[figure]));
      return `${median.toFixed(digits)} (${min.toFixed(digits)}-${max.toFixed(digits)})`.padEnd(width);
    });
    console.log(`${name.padEnd(20)}${cells.join('')}`);
  }
}

function medianOf(samples: readonly SideSample[], { figure, sizeName, side }: Of & { figure: Figure }): number | null {
  const rows = samples.filter((row) => row.sizeName === sizeName && row.side === side);
  return rows.length === 0
    ? null
    : quantile(
        rows.map((row) => row[figure]),
        0.5,
      );
}

function difference(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : Math.max(0, one - other);
}

function ratio(ours: number | null, theirs: number | null): number | null {
  return ours === null || theirs === null || theirs === 0 ? null : Number((ours / theirs).toPrecision(3));
}

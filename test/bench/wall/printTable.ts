import { spreadOf } from '../measure.ts';
import type { GatewayRow } from './measureGateway.ts';
import type { TileFigures } from './measureTiles.ts';
import type { ViewSample } from './measureView.ts';
import { type Bound, isFair } from './ratios.ts';

const width = 20;
const padded = (words: readonly string[]) => words.map((word) => word.padEnd(width)).join('');

function spread(values: readonly number[], digits: number): string {
  const { median, min, max } = spreadOf(values);
  const [middle, low, high] = [median, min, max].map((value) => value.toFixed(digits));
  return `${middle} (${low}-${high})`;
}

type Column = { readonly title: string; readonly digits: number; readonly of: (sample: ViewSample, tiles: number) => number };
const columns: readonly Column[] = [
  { title: 'CPU % of a core', digits: 1, of: ({ cpuPercent }) => cpuPercent },
  { title: 'per tile', digits: 2, of: ({ cpuPercent }, tiles) => cpuPercent / tiles },
  { title: 'gateway CPU %', digits: 1, of: ({ gatewayPercent }) => gatewayPercent },
  { title: 'latency ms', digits: 0, of: ({ latencyMs }) => latencyMs },
  { title: 'first tile ms', digits: 0, of: ({ firstTileMs }) => firstTileMs },
  { title: 'view ms', digits: 0, of: ({ viewMs }) => viewMs },
  { title: 'PSS MiB', digits: 0, of: ({ memoryMiB }) => memoryMiB },
  { title: 'frames shown %', digits: 1, of: ({ shownShare }) => shownShare * 100 },
  { title: 'dropped', digits: 0, of: ({ droppedFrames }) => droppedFrames },
  { title: 'stalls', digits: 0, of: ({ stalls }) => stalls },
  { title: 'main pictures', digits: 0, of: ({ mainTiles }) => mainTiles },
];

/** Writes the figures for people; medians (smallest-largest). */
export function printTiles(figures: readonly TileFigures[]): void {
  for (const { tiles, views, floor } of figures) {
    console.log(`\n${tiles} tiles, medians (smallest-largest)`);
    console.log(`${''.padEnd(10)}${padded(columns.map(({ title }) => title))}`);
    for (const [name, samples] of Object.entries(views)) {
      console.log(`${name.padEnd(10)}${padded(columns.map((column) => cellOf({ column, samples, tiles })))}`);
    }
    if (floor.length > 0) console.log(`${'floor'.padEnd(10)}${spread(floor, 1)}`);
    for (const [name, samples] of Object.entries(views)) {
      const problems = samples.flatMap(({ problem }) => (problem === null ? [] : [problem]));
      for (const problem of problems) console.log(`${name}, one of ${samples.length} does not count: ${problem}`);
      if (name !== 'push' && views.push !== undefined && !isFair({ ours: views.push, theirs: samples }))
        console.log(`push against ${name} gives no key: one of them does not count, or push costs the gateway more`);
      const { tileWidthPx = 0, tileHeightPx = 0 } = samples[0] ?? {};
      const threads = Object.entries(samples.at(-1)?.cpuByThread ?? {}).slice(0, 9);
      console.log(`${name}: ${threads.map(([thread, share]) => `${thread} ${share} %`).join(', ')}`);
      console.log(`${name}: elements of ${tileWidthPx.toFixed(0)}x${tileHeightPx.toFixed(0)}, ${memoryText(samples)}`);
    }
  }
}

/** What can be said where a plain page lost too many frames for a key. */
export function printBounds(bounds: Readonly<Record<string, Bound>>): void {
  for (const [key, { atMost, perShownFrame, shown }] of Object.entries(bounds)) {
    const share = `${(shown * 100).toFixed(1)} % of the frames`;
    console.log(`${key.padEnd(18)} no key: that page showed ${share}; at most ${atMost}, per shown frame ${perShownFrame}`);
  }
}

function cellOf({ column, samples, tiles }: { column: Column; samples: readonly ViewSample[]; tiles: number }): string {
  return spread(
    samples.map((sample) => column.of(sample, tiles)),
    column.digits,
  );
}

function memoryText(samples: readonly ViewSample[]): string {
  const kinds = Object.entries(samples.at(-1)?.memoryByKind ?? {});
  return kinds.map(([kind, mib]) => `${kind} ${mib.toFixed(0)} MiB`).join(', ');
}

/** The gateway beside plain packagers, per source. */
export function printGateway(rows: readonly GatewayRow[]): void {
  console.log('\nThe gateway with its ffmpeg processes, beside plain `ffmpeg -f hls` to files in memory that nobody fetches');
  console.log(`${''.padEnd(28)}${padded(['CPU % per source', 'PSS MiB per source', 'plain CPU %', 'plain PSS MiB', 'delivered %'])}`);
  for (const { sources, viewers, gateway, plain } of rows) {
    const cells = [
      spread(
        gateway.map(({ cpuPercent }) => cpuPercent / sources),
        2,
      ),
      spread(
        gateway.map(({ memoryMiB }) => memoryMiB / sources),
        1,
      ),
      spread(
        plain.map(({ cpuPercent }) => cpuPercent / sources),
        2,
      ),
      spread(
        plain.map(({ memoryMiB }) => memoryMiB / sources),
        1,
      ),
      spread(
        gateway.map(({ deliveredShare }) => deliveredShare * 100),
        1,
      ),
    ];
    console.log(`${`${sources} sources, ${viewers} viewers`.padEnd(28)}${padded(cells)}`);
  }
}

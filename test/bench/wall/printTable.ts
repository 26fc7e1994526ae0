import { spreadOf } from '../measure.ts';
import type { GatewayRow } from './measureGateway.ts';
import type { TileFigures } from './measureTiles.ts';
import type { ViewSample } from './measureView.ts';
import { isFair } from './ratios.ts';

const width = 22;
const padded = (words: readonly string[]) => words.map((word) => word.padEnd(width)).join('');

function spread(values: readonly number[], digits: number): string {
  const { median, min, max } = spreadOf(values);
  const [middle, low, high] = [median, min, max].map((value) => value.toFixed(digits));
  return `${middle} (${low}-${high})`;
}

type Column = { readonly title: string; readonly cell: (samples: readonly ViewSample[], tiles: number) => string };
const columns: readonly Column[] = [
  {
    title: 'CPU % of a core',
    cell: (samples) =>
      spread(
        samples.map(({ cpuPercent }) => cpuPercent),
        1,
      ),
  },
  {
    title: 'per tile',
    cell: (samples, tiles) =>
      spread(
        samples.map(({ cpuPercent }) => cpuPercent / tiles),
        2,
      ),
  },
  {
    title: 'gateway CPU %',
    cell: (samples) =>
      spread(
        samples.map(({ gatewayPercent }) => gatewayPercent),
        1,
      ),
  },
  {
    title: 'latency ms',
    cell: (samples) =>
      spread(
        samples.map(({ latencyMs }) => latencyMs),
        0,
      ),
  },
  {
    title: 'first tile ms',
    cell: (samples) =>
      spread(
        samples.map(({ firstTileMs }) => firstTileMs),
        0,
      ),
  },
  {
    title: 'view ms',
    cell: (samples) =>
      spread(
        samples.map(({ viewMs }) => viewMs),
        0,
      ),
  },
  {
    title: 'PSS MiB',
    cell: (samples) =>
      spread(
        samples.map(({ memoryMiB }) => memoryMiB),
        0,
      ),
  },
  {
    title: 'frames shown %',
    cell: (samples) =>
      spread(
        samples.map(({ shownShare }) => shownShare * 100),
        1,
      ),
  },
  {
    title: 'dropped',
    cell: (samples) =>
      spread(
        samples.map(({ droppedFrames }) => droppedFrames),
        0,
      ),
  },
  {
    title: 'stalls',
    cell: (samples) =>
      spread(
        samples.map(({ stalls }) => stalls),
        0,
      ),
  },
];

/** Writes the figures for people; medians (smallest-largest). */
export function printTiles(figures: readonly TileFigures[]): void {
  for (const { tiles, views, floor } of figures) {
    console.log(`\n${tiles} tiles, medians (smallest-largest)`);
    console.log(`${''.padEnd(10)}${padded(columns.map(({ title }) => title))}`);
    for (const [name, samples] of Object.entries(views)) {
      console.log(`${name.padEnd(10)}${padded(columns.map(({ cell }) => cell(samples, tiles)))}`);
    }
    if (floor.length > 0) console.log(`${'floor'.padEnd(10)}${spread(floor, 1)}`);
    for (const [name, samples] of Object.entries(views)) {
      const problems = new Set(samples.flatMap(({ problem }) => (problem === null ? [] : [problem])));
      for (const problem of problems) console.log(`${name} does not count: ${problem}`);
      const isWorked = problems.size === 0 && name !== 'push' && views.push !== undefined;
      if (isWorked && !isFair(views.push, samples))
        console.log(`push against ${name} does not count: push is invalid, or costs the gateway more`);
      const { tileWidthPx = 0, tileHeightPx = 0 } = samples[0] ?? {};
      const threads = Object.entries(samples.at(-1)?.cpuByThread ?? {}).slice(0, 9);
      console.log(`${name}: ${threads.map(([thread, share]) => `${thread} ${share} %`).join(', ')}`);
      console.log(`${name}: elements of ${tileWidthPx.toFixed(0)}x${tileHeightPx.toFixed(0)}, ${memoryText(samples)}`);
    }
  }
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

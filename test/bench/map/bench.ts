/**
 * `npm run bench -- map [--json] [--reps N] [--sizes prefecture,tenfold] [--sides ours,deck] [--into FILE] [--smoke]`: the map beside
 * straightforward deck.gl and MapLibre's setData (docs/benchmarks.md).
 */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium } from '@playwright/test';
import { openStaticPages } from '#main/shell/index.ts';
import { commit, machine } from '../measure.ts';
import { buildMapPage } from './build.ts';
import { printTable, ratiosOf } from './figures.ts';
import { measureSide, type SideSample } from './measureSide.ts';
import { joinPieces } from './pieces.ts';
import type { SideName } from './sides.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    smoke: { type: 'boolean' },
    reps: { type: 'string', default: '5' },
    sizes: { type: 'string' },
    sides: { type: 'string' },
    /** Samples of this run are put to those of other pieces of the same commit, and the figures are of all of them. */
    into: { type: 'string' },
  },
});

/** A county of Ningshan's size, a prefecture of Xing'an's (docs/field.md), and ten times its people. */
const sizes = {
  county: { grids: 388, cameras: 2_000, responders: 388 },
  prefecture: { grids: 4_580, cameras: 2_000, responders: 13_028 },
  tenfold: { grids: 4_580, cameras: 2_000, responders: 130_280 },
  manyCameras: { grids: 4_580, cameras: 100_000, responders: 13_028 },
} as const;
/** What the smoke draws: a name of its own, so that none of its figures looks like one of a real size. */
const smallest = { small: { grids: 40, cameras: 60, responders: 50 } } as const;

/** What is measured in one repetition, the sides taking turns. */
const plan: readonly (readonly [keyof typeof sizes | keyof typeof smallest, SideName])[] = values.smoke
  ? [
      ['small', 'ours'],
      ['small', 'deck'],
      ['small', 'setData'],
    ]
  : [
      ['county', 'ours'],
      ['county', 'deck'],
      ['county', 'setData'],
      ['prefecture', 'ours'],
      ['prefecture', 'deck'],
      ['prefecture', 'setData'],
      ['tenfold', 'ours'],
      ['manyCameras', 'ours'],
      ['manyCameras', 'deck'],
    ];
const isAsked = (list: string | undefined, name: string) => list === undefined || list.split(',').includes(name);
const asked = plan.filter(([sizeName, side]) => isAsked(values.sizes, sizeName) && isAsked(values.sides, side));

const startedOn = machine();
const folder = await mkdtemp(path.join(tmpdir(), 'commandwall-bench-map-'));
await buildMapPage(folder);
const pages = openStaticPages({ folder, packShelf: path.join(folder, 'none'), connect: [] });
const server = createServer((request, response) => {
  void pages.answer(new URL(request.url ?? '/', 'http://window').pathname).then(({ status, headers, body }) => {
    response.writeHead(status, headers).end(body);
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const browser = await openBrowser();
try {
  const measured: SideSample[] = [];
  // The first repetition warms code caches up and does not count.
  const reps = values.smoke ? 1 : Number(values.reps) + 1;
  for (let rep = 0; rep < reps; rep += 1) {
    for (const [sizeName, side] of asked) {
      const size = { ...sizes, ...smallest }[sizeName];
      const sample = await measureSide({
        browser,
        origin,
        side,
        sizeName,
        size,
        counts: values.smoke ? 2 : 6,
        looking: rep === 0 ? 'whole' : 'limited',
      });
      if (rep > 0 || values.smoke) measured.push(sample);
      console.error(`${rep === 0 ? 'warm-up' : `repetition ${rep}`}: ${JSON.stringify(sample)}`);
    }
  }
  const piece = { machine: startedOn, commit: commit(), samples: measured };
  const { machine: machines, samples } = values.into === undefined ? piece : await joinPieces(values.into, piece);
  const ratios = ratiosOf(samples);
  printTable(machines, samples);
  for (const [key, value] of Object.entries(ratios)) console.log(`${key.padEnd(28)} ${value}`);
  if (values.json) console.log(JSON.stringify({ benchmark: 'map', machine: machines, commit: piece.commit, ratios, raw: samples }));
} finally {
  await browser.close();
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
}

async function openBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath: process.env['COMMANDWALL_CHROMIUM'] ?? '/usr/bin/chromium',
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--enable-precise-memory-info', '--disable-background-timer-throttling', '--disable-renderer-backgrounding'],
  });
}

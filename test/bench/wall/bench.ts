/**
 * `npm run bench -- wall [--json] [--repetitions N] [--tiles 1,4,9,16,25,36] [--sides push,hls,...] [--part tiles|gateway] [--rows 1x1,16x1] [--into FILE] [--smoke]`: a wall of
 * push tiles beside walls of hls.js players, on the same gateway and the same pictures (docs/benchmarks.md, docs/performance.md).
 */
import { parseArgs } from 'node:util';
import { openDummyDisplays } from '#test/builders/dummyDisplays.ts';
import { runSetup } from '#tools/setup.mjs';
import { rendererStep } from '#tools/setup/builds.mjs';
import { commit, machine } from '../measure.ts';
import { keepPiece } from '../pieces.ts';
import { joinRows, joinTiles, type WallRun } from './joinRuns.ts';
import { gatewayRows, measureGateway } from './measureGateway.ts';
import { measureTiles, type SideName, sideNames } from './measureTiles.ts';
import { printBounds, printGateway, printTiles } from './printTable.ts';
import { boundsOf, ratiosOf } from './ratios.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    smoke: { type: 'boolean' },
    repetitions: { type: 'string' },
    reps: { type: 'string' },
    tiles: { type: 'string', default: '1,4,9,16,25,36' },
    sides: { type: 'string', default: sideNames.join(',') },
    part: { type: 'string' },
    rows: { type: 'string' },
    /** This run is put to other pieces of the same commit, and the figures are of all of them. */
    into: { type: 'string' },
  },
});
const plan = values.smoke
  ? { repetitions: 1, warmUps: 0, tileCounts: [4], times: { settleMs: 4_000, windowMs: 4_000, viewMs: 20_000, leastShown: 0.4 } }
  : {
      repetitions: Number(values.repetitions ?? values.reps ?? 5),
      warmUps: 1,
      tileCounts: values.tiles.split(',').map(Number),
      times: { settleMs: 5_000, windowMs: 10_000, viewMs: 30_000, leastShown: 0.98 },
    };
const sides = values.smoke ? (['push', 'hls', 'floor'] as const) : (values.sides.split(',') as SideName[]);
const unknown = sides.filter((name) => !sideNames.includes(name));
if (unknown.length > 0) throw new Error(`no side is called ${unknown.join(', ')}; there are ${sideNames.join(', ')}`);

// What is measured is built from what is measured; where a smoke runs, the windows were built before.
if (!values.smoke && values.part !== 'gateway') await runSetup({ steps: [rendererStep()], out: process.stderr });
const startedOn = machine();
const run: WallRun = {
  machine: startedOn,
  commit: commit(),
  tiles: values.part === 'gateway' ? [] : await tilesPart(),
  gateway: values.part === 'tiles' || (values.smoke && values.part !== 'gateway') ? [] : await gatewayPart(),
};
const runs = values.into === undefined ? [run] : await keepPiece(values.into, run);
const machines = [...new Set(runs.map((each) => each.machine))].join('; ');
const [tiles, gateway, ratios, bounds] = [joinTiles(runs), joinRows(runs), ratiosOf(runs), boundsOf(runs)];
console.log(machines);
if (tiles.length > 0) printTiles(tiles);
if (gateway.length > 0) printGateway(gateway);
for (const [key, value] of Object.entries(ratios)) console.log(`${key.padEnd(18)} ${value}`);
printBounds(bounds);
if (values.json)
  console.log(JSON.stringify({ benchmark: 'wall', machine: machines, commit: run.commit, ratios, bounds, raw: { plan, tiles, gateway } }));

async function gatewayPart() {
  const { repetitions } = plan;
  if (values.smoke) return await measureGateway({ repetitions, rows: [{ sources: 1, viewers: 1 }], windowMs: 3_000 });
  const isAsked = ({ sources, viewers }: (typeof gatewayRows)[number]) =>
    values.rows === undefined || values.rows.split(',').includes(`${sources}x${viewers}`);
  return await measureGateway({ repetitions, rows: gatewayRows.filter(isAsked), windowMs: 8_000 });
}

async function tilesPart() {
  const displays = await openDummyDisplays({ displays: [{ connector: 'DUMMY0', x: 0, y: 0 }] });
  try {
    return await measureTiles({ ...plan, sides, env: displays.env });
  } finally {
    await displays.close();
  }
}

/** `npm run bench -- bus [--json] [--reps N] [--smoke] [--long]`: the bus beside bare Socket.IO and bare ws (docs/benchmarks.md). */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { straceWords } from '../../builders/ackOrder.ts';
import { type KillablePlatform, openKillablePlatform } from '../../builders/killablePlatform.ts';
import { commit, fileSystemOf, machine, spreadOf } from '../measure.ts';
import { measureReconnect, measureResume } from './catchUp.ts';
import { measureLossless } from './lossless.ts';
import { measurePositions } from './positions/measure.ts';
import { printTable } from './printTable.ts';
import { camerasPerPump, openDurableSide, openPlainSide, type Sample, type Side } from './sides.ts';

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, smoke: { type: 'boolean' }, long: { type: 'boolean' }, reps: { type: 'string', default: '5' } },
});
/** The whole figure takes two minutes more: `--long` measures it. */
const lossless = values.long ? { facts: 10_000, cuts: 1_000, kills: 10 } : { facts: 2_000, cuts: 100, kills: 4 };
/** Responders of a whole prefecture (docs/field.md). */
const responders = 13_028;
const size = values.smoke
  ? { reps: 1, facts: 400, resume: 500, longResume: 11_000, desks: 20, ticks: 3, lossless: { facts: 80, cuts: 4, kills: 1 } }
  : { reps: Math.max(5, Number(values.reps)), facts: 8_000, resume: 10_000, longResume: 100_000, desks: 500, ticks: 25, lossless };

const startedOn = machine();
const platform = await openKillablePlatform({ cameras: 2 * camerasPerPump });
try {
  const raw = await measureAll(platform);
  const { durable, socketIo, socketIoVolatile } = raw.throughput;
  // Volatile events that were dropped are no throughput: what counts is the better of the two ways to emit, by what arrived.
  const theirs = Math.max(socketIo.factsPerSecond.median, socketIoVolatile.factsPerSecond.median);
  const durableVsSocketIo = Number((durable.factsPerSecond.median / theirs).toPrecision(3));
  const { frames, json } = raw.positions;
  const ratioOf = (ours: number, theirs: number) => Number((ours / theirs).toPrecision(3));
  const ratios = {
    durableVsSocketIo,
    lost: raw.lossless.lost,
    doubled: raw.lossless.doubled,
    resume10k: Math.round(raw.resume10k.ms.median),
    positionsBytesVsJson: ratioOf(frames.bytesPerTick.median, json.bytesPerTick.median),
    positionsCpuVsJson: ratioOf(frames.deskCpuMs.median, json.deskCpuMs.median),
  };
  printTable(startedOn, raw);
  for (const [key, value] of Object.entries(ratios)) console.log(`${key.padEnd(18)} ${value}`);
  if (values.json) console.log(JSON.stringify({ benchmark: 'bus', machine: startedOn, commit: commit(), ratios, raw }));
} finally {
  await platform.remove();
}

async function measureAll(platform: KillablePlatform) {
  const positions = await measurePositions({ responders, ticks: size.ticks, reps: size.reps });
  const throughput = await measureThroughput(platform);
  const fdatasync = await countSyncs(platform);
  const reconnect = await measureReconnect({ platform, desks: size.desks });
  const resume10k = await repeatResume({ platform, missed: size.resume, times: size.reps });
  // The record is folded anew at each start: the long gaps come last and three times are enough.
  const resume100k = await repeatResume({ platform, missed: size.longResume, times: Math.min(3, size.reps) });
  const lossless = await measureLossless(size.lossless);
  return { size, fileSystem: fileSystemOf(platform.data), fdatasync, throughput, resume10k, resume100k, reconnect, lossless, positions };
}
/** Everything that was measured. */
export type BusFigures = Awaited<ReturnType<typeof measureAll>>;

/** A B C D A B C D ..., after one round to warm up that does not count. */
async function measureThroughput(platform: KillablePlatform) {
  const sides = [await openDurableSide({ platform, firstCamera: 0 }), await openPlainSide('socketIo')];
  sides.push(await openPlainSide('socketIoVolatile'), await openPlainSide('ws'));
  for (const side of sides) await side.measure(size.facts / 2);
  const samples = sides.map((): Sample[] => []);
  for (let round = 0; round < size.reps; round += 1) {
    for (const [index, side] of sides.entries()) samples[index]?.push(await side.measure(size.facts));
  }
  await endAll(sides);
  const [durable, socketIo, socketIoVolatile, ws] = samples.map(summaryOf);
  return { durable: durable!, socketIo: socketIo!, socketIoVolatile: socketIoVolatile!, ws: ws! };
}

async function endAll(sides: readonly Side[]): Promise<void> {
  for (const side of sides) await side.end();
}

function summaryOf(samples: readonly Sample[]) {
  const of = (key: keyof Sample) => spreadOf(samples.map((sample) => sample[key]));
  const [factsPerSecond, p50Ms, p99Ms] = [of('factsPerSecond'), of('p50Ms'), of('p99Ms')];
  return { factsPerSecond, p50Ms, p99Ms, cpuMsPer1000: of('cpuMsPer1000'), delivered: of('delivered') };
}

/** How often the disk is asked to sync for so many facts; under strace, which slows everything, so never timed. */
async function countSyncs(platform: KillablePlatform): Promise<{ facts: number; syncs: number }> {
  const file = path.join(platform.data, 'calls.txt');
  await platform.kill();
  await platform.start({ under: straceWords(file) });
  const side = await openDurableSide({ platform, firstCamera: camerasPerPump });
  const syncsSoFar = () => readFileSync(file, 'utf8').match(/f(data)?sync\(\d+<[^>]*record\.sqlite-wal>/g)?.length ?? 0;
  const before = syncsSoFar();
  await side.measure(size.facts / 4);
  const syncs = syncsSoFar() - before;
  await side.end();
  await platform.kill();
  await platform.start();
  return { facts: size.facts / 4, syncs };
}

async function repeatResume({ platform, missed, times }: { platform: KillablePlatform; missed: number; times: number }) {
  const runs = [];
  for (let round = 0; round < times; round += 1) runs.push(await measureResume({ platform, missed }));
  return {
    missed,
    by: runs[0]?.by,
    ms: spreadOf(runs.map(({ ms }) => ms)),
    longestBusyMs: spreadOf(runs.map(({ longestBusyMs }) => longestBusyMs)),
  };
}

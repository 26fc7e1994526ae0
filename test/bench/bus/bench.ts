/** `npm run bench -- bus [--json] [--reps N] [--smoke]`: the bus beside bare Socket.IO and bare ws (docs/benchmarks.md). */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { straceWords } from '../../builders/ackOrder.ts';
import { type KillablePlatform, openKillablePlatform } from '../../builders/killablePlatform.ts';
import { commit, fileSystemOf, machine, spreadOf } from '../measure.ts';
import { measureReconnect, measureResume } from './catchUp.ts';
import { camerasPerPump, openDurableSide, openPlainSide, type Sample, type Side } from './sides.ts';

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, smoke: { type: 'boolean' }, reps: { type: 'string', default: '5' } },
});
const size = values.smoke
  ? { reps: 1, facts: 400, resume: 500, longResume: 11_000, desks: 20 }
  : { reps: Math.max(5, Number(values.reps)), facts: 8_000, resume: 10_000, longResume: 100_000, desks: 500 };

const startedOn = machine();
const platform = await openKillablePlatform({ cameras: 2 * camerasPerPump });
try {
  const raw = await measureAll(platform);
  const { durable, socketIo, socketIoVolatile } = raw.throughput;
  // Volatile events that were dropped are no throughput: what counts is the better of the two ways to emit, by what arrived.
  const theirs = Math.max(socketIo.factsPerSecond.median, socketIoVolatile.factsPerSecond.median);
  const durableVsSocketIo = Number((durable.factsPerSecond.median / theirs).toPrecision(3));
  const ratios = { durableVsSocketIo, resume10k: Math.round(raw.resume10k.ms.median) };
  printTable(raw);
  for (const [key, value] of Object.entries(ratios)) console.log(`${key.padEnd(18)} ${value}`);
  if (values.json) console.log(JSON.stringify({ benchmark: 'bus', machine: startedOn, commit: commit(), ratios, raw }));
} finally {
  await platform.remove();
}

async function measureAll(platform: KillablePlatform) {
  const throughput = await measureThroughput(platform);
  const fdatasync = await countSyncs(platform);
  const reconnect = await measureReconnect({ platform, desks: size.desks });
  const resume10k = await repeatResume({ platform, missed: size.resume, times: size.reps });
  // The record is folded anew at each start: the long gaps come last and three times are enough.
  const resume100k = await repeatResume({ platform, missed: size.longResume, times: Math.min(3, size.reps) });
  return { size, fileSystem: fileSystemOf(platform.data), fdatasync, throughput, resume10k, resume100k, reconnect };
}

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

function printTable({ throughput, fdatasync, resume10k, resume100k, reconnect, fileSystem }: Awaited<ReturnType<typeof measureAll>>): void {
  const text = ({ median, min, max }: { median: number; min: number; max: number }) => `${median} (${min}-${max})`.padEnd(24);
  console.log(`${startedOn}, ${fileSystem}, ${fdatasync.syncs} syncs of the log for ${fdatasync.facts} facts; medians (smallest-largest)`);
  console.log(
    `${''.padEnd(18)}${['facts/s to 10 desks', 'p50 ms', 'p99 ms', 'CPU ms per 1000', 'delivered'].map((word) => word.padEnd(24)).join('')}`,
  );
  for (const [name, side] of Object.entries(throughput)) {
    const { factsPerSecond, p50Ms, p99Ms, cpuMsPer1000, delivered } = side;
    console.log(`${name.padEnd(18)}${[factsPerSecond, p50Ms, p99Ms, cpuMsPer1000, delivered].map(text).join('')}`);
  }
  for (const { missed, by, ms, longestBusyMs } of [resume10k, resume100k]) {
    console.log(`${missed} missed facts, by ${by}: ${text(ms)} ms, the desk busy in one piece for at most ${text(longestBusyMs)} ms`);
  }
  const { desks, ms, memoryBeforeMiB, memoryConnectedMiB, memoryAfterMiB } = reconnect;
  console.log(
    `${desks} desks back after ${ms} ms; platform ${memoryBeforeMiB} MiB, connected ${memoryConnectedMiB}, after ${memoryAfterMiB}`,
  );
}

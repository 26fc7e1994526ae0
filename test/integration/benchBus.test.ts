import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { judge, readRatios } from '#tools/benchCheck.mjs';

const figure = z.object({ median: z.number().positive(), min: z.number(), max: z.number() });
const side = z.object({ factsPerSecond: figure, p50Ms: figure, p99Ms: figure, delivered: figure });
const BenchLine = z.object({
  benchmark: z.literal('bus'),
  machine: z.string().min(1),
  commit: z.string().min(1),
  ratios: z.strictObject({
    durableVsSocketIo: z.number().positive(),
    resume10k: z.number().min(0),
    lost: z.literal(0),
    doubled: z.literal(0),
    positionsBytesVsJson: z.number().positive().max(0.25),
    positionsCpuVsJson: z.number().positive(),
  }),
  raw: z.object({
    fdatasync: z.object({ facts: z.number(), syncs: z.number().positive() }),
    throughput: z.object({ durable: side, socketIo: side, socketIoVolatile: side, ws: side }),
    reconnect: z.object({ desks: z.literal(20), ms: z.number().positive(), memoryConnectedMiB: z.number().positive() }),
  }),
});

test('the benchmark of the bus: every side does the work, and its last line is what the checker reads', async () => {
  const script = path.resolve(import.meta.dirname, '../../tools/bench.mjs');
  // It throws by itself when a desk lost a fact, applied one twice, or is not where the record is.
  const { stdout } = await promisify(execFile)(process.execPath, [script, 'bus', '--smoke', '--json'], { maxBuffer: 1 << 24 });
  const line = BenchLine.parse(JSON.parse(stdout.trim().split('\n').at(-1)!));
  const { durable, socketIo, ws } = line.raw.throughput;
  const verdicts = judge({ targets: { resume10k: { min: 0, says: 'measured' } }, ratios: readRatios(stdout)!, only: [] });
  expect([durable.delivered.min, socketIo.delivered.min, ws.delivered.min, verdicts.map(({ isMet }) => isMet)]).toEqual([1, 1, 1, [true]]);
});

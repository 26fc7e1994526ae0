import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { z } from 'zod';

const figure = z.number().min(0);
const BenchLine = z.object({
  benchmark: z.literal('map'),
  machine: z.string().min(1),
  commit: z.string().min(1),
  ratios: z.strictObject({
    tickVsNaive13028: figure,
    tickAboveIdleVsNaive13028: figure.optional(),
    gridsVsNewArray4580: figure,
    heapGrowthVsNaive: figure.optional(),
    firstMapVsNaive: figure,
    growth10x: figure,
  }),
  raw: z.array(z.object({ side: z.enum(['ours', 'deck']), sizeName: z.string(), tickMs: z.number().positive() })).min(3),
});

test('the benchmark of the map: both sides draw, and its last line is what the checker reads', async () => {
  const script = path.resolve(import.meta.dirname, '../../tools/bench.mjs');
  // It throws by itself when a side did not draw, or drew the same after an update.
  const { stdout } = await promisify(execFile)(process.execPath, [script, 'map', '--smoke', '--json'], { maxBuffer: 1 << 24 });
  const line = BenchLine.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  expect(new Set(line.raw.map(({ side }) => side))).toEqual(new Set(['ours', 'deck']));
});

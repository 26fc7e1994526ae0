import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { z } from 'zod';

const figure = z.number().positive();
const BenchLine = z.object({
  benchmark: z.literal('map'),
  machine: z.string().min(1),
  commit: z.string().min(1),
  // The keys speak of sizes that a smoke does not draw: it has none of them.
  ratios: z.strictObject({}),
  raw: z.array(
    z.object({
      side: z.enum(['ours', 'deck', 'setData']),
      sizeName: z.literal('small'),
      ...{ openMs: figure, tickMs: figure, idleMs: figure, gridsMs: figure, tickMB: figure, tickFrames: z.number().min(1) },
    }),
  ),
});

test('the benchmark of the map: all sides draw, and its last line is what the checker reads', async () => {
  const script = path.resolve(import.meta.dirname, '../../tools/bench.mjs');
  // It throws by itself when a side did not draw, or drew the same after an update.
  const { stdout } = await promisify(execFile)(process.execPath, [script, 'map', '--smoke', '--json'], { maxBuffer: 1 << 24 });
  const line = BenchLine.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  expect(line.raw.map(({ side }) => side)).toEqual(['ours', 'deck', 'setData']);
});

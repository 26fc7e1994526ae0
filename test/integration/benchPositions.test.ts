import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

const BenchLine = z.object({
  benchmark: z.literal('bus'),
  ratios: z.strictObject({ positionsBytesVsJson: z.number().positive(), positionsCpuVsJson: z.number().positive() }),
  raw: z.object({ frames: z.object({ bytes: z.number() }), json: z.object({ bytes: z.number().positive() }) }),
});

test('the benchmark of positions: both ways read the same places, and a frame is what the protocol says in bytes', async () => {
  const script = path.resolve(import.meta.dirname, '../../tools/bench.mjs');
  // It throws by itself when the two ways disagree about where anybody is.
  const { stdout } = await promisify(execFile)(process.execPath, [script, 'positions', '--smoke', '--json']);
  const { ratios, raw } = BenchLine.parse(JSON.parse(stdout.trim().split('\n').at(-1)!));
  expect([raw.frames.bytes, ratios.positionsBytesVsJson <= 0.25]).toEqual([20 + 16 * 13_028, true]);
});

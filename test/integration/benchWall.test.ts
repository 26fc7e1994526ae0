import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { readCode, writeCode } from '../bench/wall/code.ts';

const sample = z.object({
  problem: z.null(),
  viewMs: z.number().positive(),
  cpuPercent: z.number().positive(),
  gatewayPercent: z.number().positive(),
  memoryMiB: z.number().positive(),
  latencyMs: z.number().positive(),
});
const BenchLine = z.object({
  benchmark: z.literal('wall'),
  machine: z.string().min(1),
  commit: z.string().min(1),
  // No key is made up from a smoke: all of them are about 16 or 36 tiles.
  ratios: z.strictObject({}),
  raw: z.object({
    tiles: z.tuple([
      z.object({
        tiles: z.literal(4),
        views: z.strictObject({ push: z.tuple([sample]), hls: z.tuple([sample]) }),
        floor: z.tuple([z.number().positive()]),
      }),
    ]),
  }),
});

test('the benchmark of the wall: push tiles and hls.js players both show their own cameras, moving, and are measured', async () => {
  const script = path.resolve(import.meta.dirname, '../../tools/bench.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [script, 'wall', '--smoke', '--json'], { maxBuffer: 1 << 24 });
  const { push, hls } = BenchLine.parse(JSON.parse(stdout.trim().split('\n').at(-1)!)).raw.tiles[0].views;
  // Whole segments of 2 s are late by at least one of them.
  expect([push[0].latencyMs < hls[0].latencyMs, hls[0].latencyMs > 2_000]).toEqual([true, true]);
});

const Gateway = z.object({
  raw: z.object({
    gateway: z.tuple([
      z.object({
        sources: z.literal(1),
        viewers: z.literal(1),
        gateway: z.tuple([z.object({ cpuPercent: z.number().positive(), memoryMiB: z.number().positive(), deliveredShare: z.number() })]),
        // One packager costs 8 ms in three seconds, and processor time is told in steps of 10; that it wrote segments is looked at by the bench itself.
        plain: z.tuple([z.object({ cpuPercent: z.number().nonnegative(), memoryMiB: z.number().positive() })]),
      }),
    ]),
  }),
});

test('the benchmark of the gateway: its viewer has every picture, beside a plain packager that works too', async () => {
  const script = path.resolve(import.meta.dirname, '../../tools/bench.mjs');
  const words = [script, 'wall', '--part', 'gateway', '--smoke', '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, words, { maxBuffer: 1 << 24 });
  const [row] = Gateway.parse(JSON.parse(stdout.trim().split('\n').at(-1)!)).raw.gateway;
  // A fragment more or less at the ends of three seconds.
  expect(Math.abs(row.gateway[0].deliveredShare - 1)).toBeLessThan(0.3);
});

test('a picture is only believed when its whole code fits', () => {
  const squares = [...writeCode({ camera: 16, frame: 299 })];
  const noisy = squares.map((value) => Math.abs(value - 90));
  const damaged = squares.map((value, index) => (index === 20 ? 255 - value : value));
  expect([readCode(noisy), readCode(damaged), readCode(squares.map(() => 0))]).toEqual([{ camera: 16, frame: 299 }, null, null]);
});

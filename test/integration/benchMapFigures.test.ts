import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ratiosOf } from '#test/bench/map/figures.ts';
import type { SideSample } from '#test/bench/map/measureSide.ts';
import { joinPieces } from '#test/bench/map/pieces.ts';

const sampleOf = (part: Partial<SideSample>): SideSample => ({
  ...{ side: 'ours', sizeName: 'prefecture', openMs: 100, tickMs: 3, idleMs: 2, gridsMs: 4, tickMB: 0.1, tickFrames: 1 },
  ...part,
});

test('a key is there only where its own size was measured on the sides that it compares', () => {
  expect(ratiosOf([sampleOf({ sizeName: 'small' }), sampleOf({ sizeName: 'small', side: 'deck' })])).toEqual({});
  expect(ratiosOf([sampleOf({}), sampleOf({ sizeName: 'tenfold', tickMs: 12 })])).toEqual({ growth10x: 4 });
});

test('ratios are of medians, and above idle is the part that an idle frame does not cost', () => {
  const theirs = [20, 22, 90].map((tickMs) => sampleOf({ side: 'deck', tickMs, idleMs: 2, gridsMs: 40, tickMB: 2, openMs: 400 }));
  const ours = [3, 3, 3].map((tickMs) => sampleOf({ tickMs }));
  expect(ratiosOf([...ours, ...theirs])).toEqual({
    tickVsNaive13028: 0.136,
    tickAboveIdleVsNaive13028: 0.05,
    gridsVsNewArray4580: 0.1,
    heapGrowthVsNaive: 0.05,
    firstMapVsNaive: 0.25,
  });
});

const samplePiece = (tickMs: number) => ({ side: 'ours', sizeName: 'county', tickMs }) as SideSample;

test('pieces of one commit are put together in one file, those of another are refused', async () => {
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'commandwall-pieces-')), 'map.json');
  await joinPieces(file, { machine: 'load 1', commit: 'aaaaaaa', samples: [samplePiece(1)] });
  const joined = await joinPieces(file, { machine: 'load 2', commit: 'aaaaaaa', samples: [samplePiece(2)] });
  expect(joined).toEqual({ machine: 'load 1; load 2', commit: 'aaaaaaa', samples: [samplePiece(1), samplePiece(2)] });
  await expect(joinPieces(file, { machine: 'load 1', commit: 'bbbbbbb', samples: [samplePiece(3)] })).rejects.toThrow('aaaaaaa');
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MapLook } from '#contract/map/index.ts';
import { WindowId } from '#contract/values/index.ts';
import { openMapMemory } from './mapMemory.ts';

const log = pino({ level: 'silent' });
const lookAt = (zoom: number): MapLook => ({
  camera: { center: [108.5, 33.2], zoom, pitch: 48, bearing: 0, widthPx: 900, heightPx: 600 },
  layers: { cameras: false },
  chosen: null,
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'map-memory-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('the next start shows where the map came to rest, said by nobody of this start', async () => {
  let [rests, timers] = [0, 0];
  const closers = new AsyncDisposableStack();
  const first = await openMapMemory({ folder, log, closers, timers: { afterMs: () => ((timers += 1), () => void (rests += 1)) } });
  expect(first.room().mapLook).toBeUndefined();
  const told = [9, 10, 11].map((zoom) => first.look(lookAt(zoom), WindowId.parse('w1')));
  expect([told.at(-1)?.by, told.at(-1)?.camera.zoom, timers]).toEqual(['w1', 11, 1]);
  await closers.disposeAsync();
  await using later = new AsyncDisposableStack();
  const second = await openMapMemory({ folder, log, closers: later, timers: { afterMs: () => () => {} } });
  expect([rests, second.room().mapLook]).toEqual([1, { ...lookAt(11), by: null }]);
});

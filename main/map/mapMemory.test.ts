import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MapLook } from '#contract/map/index.ts';
import { CameraId, WindowId } from '#contract/values/index.ts';
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

/** Timers that run what is due after so many ms when the test says so. */
function handTimers() {
  const due: { readonly delayMs: number; readonly run: () => void }[] = [];
  return {
    timers: {
      afterMs: (delayMs: number, run: () => void) => {
        const timer = { delayMs, run };
        due.push(timer);
        return () => void (due.includes(timer) && due.splice(due.indexOf(timer), 1));
      },
    },
    pass: () => due.splice(0).forEach(({ run }) => run()),
    waiting: () => due.length,
  };
}

test('the next start shows where the map came to rest, said by nobody of this start', async () => {
  const { timers, waiting } = handTimers();
  const closers = new AsyncDisposableStack();
  const first = await openMapMemory({ folder, log, closers, timers });
  expect(first.room().mapLook).toBeUndefined();
  const told = [9, 10, 11].map((zoom) => first.look(lookAt(zoom), WindowId.parse('w1')));
  // One to write it, one for the lead.
  expect([told.at(-1)?.by, told.at(-1)?.camera.zoom, waiting()]).toEqual(['w1', 11, 2]);
  await closers.disposeAsync();
  await using later = new AsyncDisposableStack();
  const second = await openMapMemory({ folder, log, closers: later, timers });
  expect([waiting(), second.room().mapLook]).toEqual([0, { ...lookAt(11), by: null }]);
});

test('of two consoles that move at once the first leads until it rests; a word of the other is not taken meanwhile', async () => {
  const { timers, pass } = handTimers();
  await using closers = new AsyncDisposableStack();
  const memory = await openMapMemory({ folder, log, closers, timers });
  const [one, two] = [WindowId.parse('w1'), WindowId.parse('w2')];
  const say = (zoom: number, by: WindowId) => memory.look(lookAt(zoom), by)?.camera.zoom ?? null;
  expect([say(9, one), say(5, two), say(10, one), say(5, two)]).toEqual([9, null, 10, null]);
  pass();
  expect([say(6, two), say(11, one), memory.room().mapLook]).toEqual([6, null, { ...lookAt(6), by: two }]);
});

test('a chosen part of the map is remembered with the look', async () => {
  const { timers } = handTimers();
  const selection = { area: { kind: 'circle', at: [108.5, 33.2], radiusM: 800 }, anchor: null } as const;
  const closers = new AsyncDisposableStack();
  const first = await openMapMemory({ folder, log, closers, timers });
  first.look({ ...lookAt(9), selection: { ...selection, area: { ...selection.area, at: [108.5, 33.2] } } }, WindowId.parse('w1'));
  await closers.disposeAsync();
  await using later = new AsyncDisposableStack();
  const second = await openMapMemory({ folder, log, closers: later, timers });
  expect(second.room().mapLook?.selection).toEqual(selection);
});

test('who was chosen is forgotten with the start, another thing that was chosen is not', async () => {
  const { timers } = handTimers();
  const area = { kind: 'circle' as const, at: [108.5, 33.2] as const, radiusM: 800 };
  const person = { kind: 'responder' as const, index: 3 };
  const after = async (look: MapLook) => {
    const closers = new AsyncDisposableStack();
    const first = await openMapMemory({ folder, log, closers, timers });
    expect(first.look(look, WindowId.parse('w1'))).toMatchObject(look);
    await closers.disposeAsync();
    await using later = new AsyncDisposableStack();
    const { mapLook } = (await openMapMemory({ folder, log, closers: later, timers })).room();
    return [mapLook?.chosen, mapLook?.selection];
  };
  const camera = { kind: 'camera' as const, cameraId: CameraId.parse('al-0001') };
  expect(await after({ ...lookAt(9), chosen: person, selection: { area, anchor: person } })).toEqual([null, { area, anchor: null }]);
  expect(await after({ ...lookAt(9), chosen: camera, selection: { area, anchor: camera } })).toEqual([camera, { area, anchor: camera }]);
});

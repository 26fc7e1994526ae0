import { expect, test } from 'vitest';
import { CameraId } from '#contract/values/index.ts';
import type { Camera } from './camera.ts';
import { healthCounts, healthRows, healthStates, type LiveSource } from './health.ts';
import type { CameraCondition } from './rules.ts';

const id = (name: string) => CameraId.parse(name);
const camera = (name: string, streams: Camera['streams'] = ['main', 'sub']) =>
  ({ id: id(name), number: name.slice(-4), streams }) as Camera;
const live = (name: string, given: Partial<LiveSource> = {}): LiveSource => ({
  ...{ cameraId: id(name), quality: 'sub', state: 'flowing', sinceMs: 1_000, viewers: 1, restarts: 0 },
  ...{ framesPerSecond: 25, bitsPerSecond: 1_000, delayMs: null, clockOffsetMs: null, lastPictureAtMs: 2_000, fault: null },
  ...given,
});
const condition = (name: string, given: Partial<CameraCondition>): [CameraId, CameraCondition] => [
  id(name),
  { cameraId: id(name), version: 1, source: { kind: 'normal' }, fault: null, ...given },
];

test('every connected camera is in exactly one state, the worst first, and the counts add up', () => {
  const rows = healthRows({
    cameras: ['c-0001', 'c-0002', 'c-0003', 'c-0004', 'c-0005', 'c-0006'].map((name) => camera(name)).concat(camera('c-0007', [])),
    conditions: new Map([
      condition('c-0002', { source: { kind: 'lost', sinceMs: 500, reason: 'noData' } }),
      condition('c-0003', { flapping: { sinceMs: 400, losses: 5 } }),
    ]),
    sources: [live('c-0001'), live('c-0003'), live('c-0004', { state: 'unmoving' }), live('c-0005', { state: 'starting' })],
  });
  expect(rows.map(({ camera: { number }, state }) => `${number} ${state}`)).toEqual([
    '0002 lost',
    '0003 flapping',
    '0004 unmoving',
    '0005 starting',
    '0001 flowing',
    '0006 idle',
  ]);
  const counts = healthCounts(rows);
  expect(healthStates.map((state) => counts[state])).toEqual([1, 1, 1, 1, 1, 1]);
});

test('a camera whose small picture flows is not lost; its viewers and restarts are those of all its streams', () => {
  const [row] = healthRows({
    cameras: [camera('c-0001')],
    conditions: new Map(),
    sources: [live('c-0001', { quality: 'main', state: 'lost', viewers: 2, restarts: 3 }), live('c-0001')],
  });
  expect(row).toMatchObject({ state: 'flowing', viewers: 3, restarts: 3, live: { quality: 'sub' } });
});

test('what the gateway sees now is newer than what the record says', () => {
  const conditions = new Map([condition('c-0001', { source: { kind: 'lost', sinceMs: 500, reason: 'noData' } })]);
  const [row] = healthRows({ cameras: [camera('c-0001')], conditions, sources: [live('c-0001')] });
  expect(row).toMatchObject({ state: 'flowing', sinceMs: 1_000 });
});

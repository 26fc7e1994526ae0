import { pino } from 'pino';
import { beforeAll, expect, test } from 'vitest';
import type { MaskAreas } from '#contract/cameras/index.ts';
import { CameraId, granted } from '#contract/values/index.ts';
import type { SourceChange } from '#platform/cameras/ports.ts';
import { gatewayLimits } from '../limits.ts';
import { createTranscodeBudget } from '../renditions/index.ts';
import { type OpenInput, plainInput } from '../protocols/protocol.ts';
import { createFakeProcesses } from '../testing/fakeProcesses.ts';
import { fragmentedClip } from '../testing/fragmentedClip.ts';
import { createHandTimers } from '../testing/handTimers.ts';
import type { SourceViewer } from './pictures.ts';
import { createSourcePool } from './sourcePool.ts';
import { createStartQueue } from './startQueue.ts';

const cameraId = CameraId.parse('al-0001');
let clip: Uint8Array;
beforeAll(() => {
  clip = fragmentedClip({ seconds: 2 });
});

const reading = { protocol: 'rtsp', transport: 'tcp', isFallback: false, deviceClockOffsetMs: null } as const;
const openedAtOnce: OpenInput = async ({ source }) => {
  const address = source.kind === 'rtsp' ? source.url : source.kind;
  return granted(plainInput({ arguments: ['-i', address], reading }));
};

function openPool({ maxSources = 4, startsPerSecond = 4 } = {}) {
  const hand = createHandTimers();
  const processes = createFakeProcesses();
  const told: SourceChange[] = [];
  const pool = createSourcePool({
    sources: { sourceOf: (id) => (id === 'unknown' ? null : { kind: 'rtsp', url: `rtsp://10.0.0.1/${id}`, transport: 'tcp' }) },
    ...{ clock: hand.clock, timers: hand.timers, randomness: () => 0, startProcess: processes.startProcess },
    log: pino({ level: 'silent' }),
    limits: { ...gatewayLimits, maxSources },
    openInput: openedAtOnce,
    budget: createTranscodeBudget({ cores: 1, count: 1 }),
    decodeGrey: async () => [],
    startQueue: createStartQueue({ startsPerSecond, timers: hand.timers }),
    onSourceChange: (change) => void told.push(change),
  });
  const watch = (id: string = cameraId) => {
    const heard: string[] = [];
    const viewer: SourceViewer = {
      count: () => 1,
      onCondition: ({ kind }) => heard.push(kind),
      onInit: ({ run }) => heard.push(`init ${run}`),
      onFragment: ({ number, isKey }) => heard.push(`${isKey ? 'key' : 'fragment'} ${number}`),
    };
    return { heard, left: pool.watch({ cameraId: CameraId.parse(id), quality: 'sub', viewer }) };
  };
  const later = async (byMs: number) => {
    hand.advanceMs(byMs);
    await settled();
  };
  return { ...hand, ...processes, told, pool, watch, later };
}

/** The last fragment of a clip, as a process would write one more. */
function fragmentIn(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(Buffer.from(bytes).lastIndexOf('moof') - 4);
}

/** Lets promises that are already settled run on. */
const settled = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

test('a second viewer of a flowing camera gets the current group of pictures at once, and no second process', async () => {
  const { watch, started, pool } = openPool();
  watch();
  await settled();
  started[0]?.write(clip);
  const { heard } = watch();
  // Two seconds with a key frame every 0.96 s: the newest group is what came after the third one.
  expect(heard).toEqual(['flowing', 'init 1', 'key 9']);
  expect([started.length, pool.openSources()]).toMatchObject([
    1,
    [{ cameraId, quality: 'sub', isMasked: false, viewers: 2, processId: 1, state: 'flowing', reading, fault: null, restarts: 0 }],
  ]);
});

test('a process that dies is started again, later each time, for ever; viewers go on with a new init segment', async () => {
  const { watch, started, later } = openPool();
  const { heard } = watch();
  await settled();
  started[0]?.write(clip);
  heard.length = 0;
  for (const waitMs of [250, 500, 1_000, 2_000, 4_000, 7_500, 7_500]) {
    const before = started.length;
    started.at(-1)?.end();
    await later(waitMs - 1);
    expect(started).toHaveLength(before);
    await later(1);
    expect(started).toHaveLength(before + 1);
  }
  started.at(-1)?.write(clip);
  expect(heard.slice(0, 4)).toEqual(['lost', 'init 8', 'flowing', 'key 10']);
});

test('a camera that flowed for a while is started again as quickly as the first time', async () => {
  const { watch, started, later } = openPool();
  watch();
  await settled();
  started[0]?.end();
  await later(250);
  started[1]?.write(clip);
  for (let second = 0; second < 10; second += 1) {
    await later(1_000);
    started[1]?.write(fragmentIn(clip));
  }
  started[1]?.end();
  await later(250);
  expect(started).toHaveLength(3);
});

test('silence is a loss in less than three seconds and the end of the process after eight', async () => {
  const { watch, started, later, freeze, told } = openPool();
  freeze();
  const { heard } = watch();
  await settled();
  started[0]?.write(clip);
  heard.length = 0;
  await later(2_499);
  expect(heard).toEqual([]);
  await later(1);
  expect([heard, started[0]?.signals]).toEqual([['lost'], []]);
  await later(5_500);
  expect(started[0]?.signals).toEqual(['SIGKILL']);
  expect(told.at(-1)).toEqual({ cameraId, source: 'lost', reason: 'noData' });
});

test('a process that never writes is given up, one that writes garbage at once', async () => {
  const { watch, started, later } = openPool();
  watch();
  await settled();
  await later(gatewayLimits.firstFragmentMs);
  expect(started[0]?.signals).toEqual(['SIGKILL']);
  await settled();
  await later(500);
  started[1]?.write(Buffer.from('HTTP/1.1 400 Bad Request'));
  expect(started[1]?.signals).toEqual(['SIGKILL']);
});

test('without viewers a camera ends after a while, politely, and a new viewer waits for the old process to be gone', async () => {
  const { watch, started, later, freeze, pool } = openPool();
  freeze();
  const { left } = watch();
  await settled();
  if (left.ok) left.value();
  await later(gatewayLimits.idleStopMs);
  expect([pool.openSources(), started[0]?.signals]).toEqual([[], ['SIGTERM']]);
  watch();
  await settled();
  expect(started).toHaveLength(1);
  await later(gatewayLimits.politeStopMs);
  await settled();
  expect([started.length, started[0]?.signals]).toEqual([2, ['SIGTERM', 'SIGKILL']]);
});

test('a viewer that comes back in time keeps the process', async () => {
  const { watch, started, later } = openPool();
  const { left } = watch();
  await settled();
  if (left.ok) left.value();
  await later(gatewayLimits.idleStopMs - 1);
  watch();
  await later(60_000);
  expect(started[0]?.signals).not.toContain('SIGTERM');
});

test('many cameras asked for at once start a few per second', async () => {
  const { watch, started, later } = openPool({ maxSources: 10, startsPerSecond: 4 });
  for (let number = 0; number < 10; number += 1) watch(`al-${number}`);
  await settled();
  const counts = [started.length];
  for (let second = 0; second < 2; second += 1) {
    await later(1_000);
    counts.push(started.length);
  }
  expect(counts).toEqual([4, 8, 10]);
});

test('two thousand cameras that are all gone are tried again a few per second, none of them forgotten', async () => {
  const { watch, started, later } = openPool({ maxSources: 2_000, startsPerSecond: gatewayLimits.startsPerSecond });
  const cameras = Array.from({ length: 2_000 }, (_, number) => watch(`al-${number}`));
  await settled();
  const perSecond = [started.length];
  // None of them ever writes: each is given up after twenty seconds, and waits for its next turn like all others.
  while (started.length < 2 * cameras.length) {
    const before = started.length;
    await later(1_000);
    perSecond.push(started.length - before);
  }
  expect(new Set(perSecond)).toEqual(new Set([gatewayLimits.startsPerSecond]));
  expect(cameras.every(({ heard }) => heard.includes('lost'))).toBe(true);
  const addresses = started.map(({ arguments: args }) => args[args.indexOf('-i') + 1]);
  for (const round of [addresses.slice(0, cameras.length), addresses.slice(cameras.length)]) {
    expect(new Set(round).size).toBe(cameras.length);
  }
});

test('cameras without a source, and more than the gateway holds, are refused', () => {
  const { watch } = openPool({ maxSources: 1 });
  expect(watch('unknown').left).toEqual({ ok: false, refusal: { code: 'cameras.notConnected' } });
  expect(watch().left.ok).toBe(true);
  expect(watch('al-0002').left).toEqual({ ok: false, refusal: { code: 'cameras.gatewayFull' } });
  expect(watch().left.ok).toBe(true);
});

test('closing waits for every process, also one that was ending already', async () => {
  const { watch, started, later, freeze, pool, waiting } = openPool();
  freeze();
  const { left } = watch();
  watch('al-0002');
  await settled();
  if (left.ok) left.value();
  await later(gatewayLimits.idleStopMs);
  let isClosed = false;
  const closed = pool.close().then(() => {
    isClosed = true;
  });
  await settled();
  expect(isClosed).toBe(false);
  await later(gatewayLimits.politeStopMs);
  await closed;
  expect(started.map(({ signals }) => signals.at(-1))).toEqual(['SIGKILL', 'SIGKILL']);
  expect(waiting()).toBeLessThanOrEqual(1);
});

test('what is only measured holds the camera no longer than that, and is no viewer', async () => {
  const { pool, started, later } = openPool();
  let changes = 0;
  const measured = pool.measure({ cameraId, quality: 'sub', onChange: () => void (changes += 1) });
  await settled();
  started[0]?.write(clip);
  expect([changes > 0, pool.openSources()]).toMatchObject([true, [{ viewers: 0, state: 'flowing' }]]);
  const left = measured.ok ? measured.value.leave() : null;
  expect([pool.openSources(), started[0]?.signals]).toEqual([[], ['SIGTERM']]);
  await left;
  await later(60_000);
  expect(started).toHaveLength(1);
});

test('a viewer who comes and goes while a source is measured takes nothing from the measuring, nor it from him', async () => {
  const { pool, started, watch, later } = openPool();
  const measured = pool.measure({ cameraId, quality: 'sub', onChange: () => {} });
  const { left, heard } = watch();
  await settled();
  started[0]?.write(clip);
  if (left.ok) left.value();
  await later(gatewayLimits.idleStopMs - 1);
  expect([heard.includes('key 1'), pool.openSources().length]).toEqual([true, 1]);
  watch();
  await (measured.ok ? measured.value.leave() : null);
  expect(pool.openSources()).toMatchObject([{ viewers: 1 }]);
  expect(started[0]?.signals).not.toContain('SIGTERM');
});

test('a camera is never opened twice for a probe: not beside a masked picture, and a masked picture ends it', async () => {
  const { pool, started, freeze, later } = openPool();
  freeze();
  const masks = [
    [
      [0, 0],
      [1, 0],
      [1, 1],
    ],
  ] as unknown as MaskAreas;
  const viewer: SourceViewer = { count: () => 1, onCondition: () => {}, onInit: () => {}, onFragment: () => {} };
  const measured = pool.measure({ cameraId, quality: 'sub', onChange: () => {} });
  await settled();
  pool.watch({ cameraId, quality: 'sub', masks, viewer });
  await settled();
  // The masked picture waits until the plain one's process is gone.
  expect([measured.ok && measured.value.source.isStopped(), started.length]).toEqual([true, 1]);
  await later(gatewayLimits.politeStopMs);
  await settled();
  expect(started).toHaveLength(2);
  expect(pool.measure({ cameraId, quality: 'sub', onChange: () => {} })).toMatchObject({ refusal: { code: 'cameras.probeBusy' } });
});

import { pino } from 'pino';
import { expect, test } from 'vitest';
import type { Role } from '#contract/access/index.ts';
import {
  type Camera,
  type CameraFact,
  type CamerasState,
  decideProbed,
  evolveCamerasAll,
  type MeasuredStream,
  type StreamProbe,
  type StreamQuality,
} from '#contract/cameras/index.ts';
import { type CameraId, type DeskId, granted, type PersonId, type RegionId, refused } from '#contract/values/index.ts';
import type { CameraGateway } from '../ports.ts';
import { createHandTimers } from '../gateway/testing/handTimers.ts';
import { dueAfterMs } from './dueCameras.ts';
import type { ProbeAsker, ProbeFact } from './ports.ts';
import { probePace } from './probeQueue.ts';
import { createProbes } from './probes.ts';

const good: MeasuredStream = {
  ...{ outcome: 'measured', quality: 'sub', plays: 'asItIs', codec: 'h264', profile: 'Main', level: '3.0' },
  ...{ widthPx: 640, heightPx: 360, sizes: 1, framesPerSecond: 12, group: { frames: 24, seconds: 2, isAtLeast: false } },
  ...{ hasBFrames: false, bitsPerSecond: 400_000, audio: null, transport: 'tcp', isFallback: false },
  ...{ pictureTime: 'arrival', clockOffsetMs: null, firstPictureMs: 500 },
};
const idOf = (number: number) => `cam-${number}` as CameraId;

function asker({ roles = ['dutyOfficer'], territory = 'al' }: { roles?: Role[]; territory?: string } = {}): ProbeAsker {
  const actor = { kind: 'person' as const, roles, territory: [territory as RegionId] };
  return { personId: 'li' as PersonId, deskId: 'd1' as DeskId, actor };
}

type Open = { id: CameraId; quality: StreamQuality; end: (probe: StreamProbe | string) => void };

/** A county of cameras whose probes a test ends itself; `hosts` names where each is read from. */
function openCounty({
  cameras = 3,
  streams = ['sub'] as StreamQuality[],
  hosts = (id: string): string | null => id,
  isWritable = true,
} = {}) {
  const hand = createHandTimers();
  const asked: ProbeFact[] = [];
  const open: Open[] = [];
  const state = { conditions: new Map() as CamerasState, sources: [] as { state: string }[], told: 0 };
  const all = Array.from(
    { length: cameras },
    (_, number) => ({ id: idOf(number), number: String(number), name: '甲', nameEn: '', streams }) as unknown as Camera,
  );
  const ports = {
    ...hand,
    randomness: () => 0.5,
    log: pino({ level: 'silent' }),
    pathOf: (id: CameraId) => (all.some((camera) => camera.id === id) ? ['east' as RegionId, 'al' as RegionId] : []),
    cameraOf: (id: CameraId) => all.find((camera) => camera.id === id) ?? null,
    cameras: () => all,
    conditions: () => state.conditions,
    hostOf: hosts,
    openSources: () => state.sources as unknown as ReturnType<CameraGateway['openSources']>,
    probeStream: async (id: CameraId, quality: StreamQuality) => {
      const { promise, resolve } = Promise.withResolvers<StreamProbe | string>();
      const entry = { id, quality, end: resolve };
      open.push(entry);
      const probe = await promise;
      open.splice(open.indexOf(entry), 1);
      return typeof probe === 'string' ? refused(probe) : granted({ ...probe, quality });
    },
    async recordProbe(found: Parameters<typeof decideProbed>[1]) {
      const facts = decideProbed(state.conditions, found).map((draft) => ({ ...draft, atMs: hand.clock.nowMs() }) as CameraFact);
      state.told += facts.length;
      state.conditions = evolveCamerasAll(state.conditions, facts);
    },
    async recordAsked(_by: PersonId, fact: ProbeFact) {
      if (isWritable) asked.push(fact);
      return isWritable;
    },
  };
  const probes = createProbes(ports);
  const later = async (byMs: number) => {
    hand.advanceMs(byMs);
    await settled();
  };
  const end = async (probe: StreamProbe | string = good) => {
    for (const each of [...open]) each.end(probe);
    await settled();
  };
  return { ...hand, probes, ports, asked, open, state, later, end };
}

/** Lets promises that are already settled run on. */
const settled = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};
const ask = (type: 'cameras.probe' | 'cameras.probeStatus', cameraId: CameraId) => ({ type, cameraId }) as const;

test('somebody asks: it is on the record before the camera is opened, main before sub, and its result is found again', async () => {
  const { probes, asked, open, end, state } = openCounty({ streams: ['sub', 'main'] });
  expect(await probes.ask(ask('cameras.probe', idOf(0)), asker())).toMatchObject({ ok: true, value: { kind: 'running' } });
  expect(asked).toEqual([{ type: 'audit.probeAsked', payload: { cameraId: 'cam-0', deskId: 'd1', personId: 'li' } }]);
  expect(open.map(({ quality }) => quality)).toEqual(['main']);
  await end();
  expect(open.map(({ quality }) => quality)).toEqual(['sub']);
  await end();
  const done = await probes.ask(ask('cameras.probeStatus', idOf(0)), asker());
  expect(done).toMatchObject({ ok: true, value: { kind: 'done', probe: { streams: [{ quality: 'main' }, { quality: 'sub' }] } } });
  expect(state.conditions.get(idOf(0))?.probed?.streams).toHaveLength(2);
});

test('the same result again is no new fact, and its asker sees that it was looked at now', async () => {
  const { probes, end, state, later, clock } = openCounty();
  await probes.ask(ask('cameras.probe', idOf(0)), asker());
  await end();
  const first = clock.nowMs();
  await later(30_000);
  await probes.ask(ask('cameras.probe', idOf(0)), asker());
  await end({ ...good, bitsPerSecond: 450_000 });
  expect(await probes.ask(ask('cameras.probeStatus', idOf(0)), asker())).toMatchObject({ value: { probe: { atMs: first + 30_000 } } });
  expect([state.told, state.conditions.get(idOf(0))?.probed?.atMs]).toEqual([1, first]);
});

test('what cannot be tried now is put off with its reason, and is no result', async () => {
  const { probes, end, state } = openCounty();
  await probes.ask(ask('cameras.probe', idOf(0)), asker());
  await end('cameras.probeBusy');
  expect(await probes.ask(ask('cameras.probeStatus', idOf(0)), asker())).toMatchObject({
    value: { kind: 'putOff', code: 'cameras.probeBusy' },
  });
  expect(state.told).toBe(0);
});

test('nothing is opened that cannot be written down, for nobody, without right, or elsewhere', async () => {
  const { probes, open } = openCounty({ isWritable: false });
  const codeOf = async (who: ProbeAsker | null, id = idOf(0)) => {
    const answer = await probes.ask(ask('cameras.probe', id), who);
    return answer.ok ? 'answered' : answer.refusal.code;
  };
  expect(await codeOf(asker())).toBe('bus.notRecorded');
  expect(await codeOf(null)).toBe('access.notAllowed');
  expect(await codeOf(asker({ roles: ['auditor'] }))).toBe('access.notAllowed');
  expect(await codeOf(asker({ territory: 'elsewhere' }))).toBe('cameras.unknown');
  expect(await codeOf(asker(), 'no-camera' as CameraId)).toBe('cameras.unknown');
  expect(open).toEqual([]);
});

test('two thousand at once are four at a time, a second apart; somebody who waits for one is not behind them', async () => {
  const { probes, open, later, asked } = openCounty({ cameras: 2_000 });
  const round = await probes.round({ ask: 'unprobed', sinceMs: 0 }, 'admin' as PersonId);
  expect([round.ok && round.value.waiting, asked.at(-1)?.payload, open.length]).toEqual([2_000, { personId: 'admin', cameras: 2_000 }, 1]);
  await later(probePace.betweenMs.round - 1);
  expect(open).toHaveLength(1);
  await later(60_000);
  expect(open).toHaveLength(probePace.atOnce.round);
  await probes.ask(ask('cameras.probe', idOf(1_999)), asker());
  expect(open.map(({ id }) => id)).toContain(idOf(1_999));
  expect(await probes.ask(ask('cameras.probeStatus', idOf(1_000)), asker())).toMatchObject({ value: { kind: 'waiting', ahead: 996 } });
});

test('cameras of one recorder are looked at one after the other', async () => {
  const { probes, open, later, end } = openCounty({ cameras: 5, hosts: (id) => (id === idOf(4) ? 'other' : 'recorder') });
  await probes.round({ ask: 'unprobed', sinceMs: 0 }, 'admin' as PersonId);
  await later(60_000);
  expect(open.map(({ id }) => id)).toEqual([idOf(0), idOf(4)]);
  await end();
  await later(5_000);
  expect(open.map(({ id }) => id)).toEqual([idOf(1)]);
});

test('a round tells what was found since, each with its name', async () => {
  const { probes, end, later, clock } = openCounty({ cameras: 2 });
  const begin = clock.nowMs();
  await probes.round({ ask: 'unprobed', sinceMs: begin }, 'admin' as PersonId);
  await later(10_000);
  await end();
  const found = await probes.round({ ask: 'nothing', sinceMs: begin }, 'admin' as PersonId);
  expect(found.ok && [found.value.waiting, found.value.cameras.map(({ number }) => number)]).toEqual([0, ['0', '1']]);
  expect(await probes.round({ ask: 'nothing', sinceMs: clock.nowMs() }, 'admin' as PersonId)).toMatchObject({ value: { cameras: [] } });
});

test('the platform looks by itself when nobody needs the gateway: one at a time, not at once, never a loop of a demo', async () => {
  const { open, later, end, state } = openCounty({ cameras: 3, hosts: (id) => (id === idOf(2) ? null : id) });
  await later(probePace.firstMs - 1);
  expect(open).toEqual([]);
  state.sources = [{ state: 'starting' }];
  await later(30_000);
  expect(open).toEqual([]);
  state.sources = [{ state: 'flowing' }];
  await later(10_000);
  expect(open).toHaveLength(1);
  await later(60_000);
  expect(open).toHaveLength(1);
  await end();
  await later(10_000);
  await end();
  await later(300_000);
  expect([open.length, [...state.conditions.keys()].toSorted()]).toEqual([0, [idOf(0), idOf(1)]]);
});

test('a restart asks the record: what has a result is left alone, what failed is tried again a day later', async () => {
  const { probes, ports, later, end, state, open, clock } = openCounty({ cameras: 2 });
  await later(probePace.firstMs);
  await end({ outcome: 'failed', quality: 'sub', reason: 'noData', code: null });
  await later(10_000);
  await end();
  expect(state.told).toBe(2);
  const failedAt = clock.nowMs();
  await probes.close();
  createProbes(ports);
  await later(probePace.firstMs + 60_000);
  expect(open).toEqual([]);
  await later(dueAfterMs.failed - (clock.nowMs() - failedAt) + 120_000);
  expect(open.map(({ id }) => id)).toEqual([idOf(0)]);
});

test('the end of the platform waits for what runs, and records nothing that it cut short', async () => {
  const { probes, end, state, waiting } = openCounty();
  await probes.ask(ask('cameras.probe', idOf(0)), asker());
  const closed = probes.close();
  await end({ outcome: 'failed', quality: 'sub', reason: 'noData', code: null });
  await closed;
  expect([state.told, waiting()]).toEqual([0, 0]);
});

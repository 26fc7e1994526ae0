import { expect, test } from 'vitest';
import { type PtzQuestion, ptzLimits } from '#contract/cameras/index.ts';
import { type CameraId, type DeskId, granted, type PersonId, type RegionId, refused } from '#contract/values/index.ts';
import { createHandTimers } from '../gateway/testing/handTimers.ts';
import type { PtzDevice, PtzDeviceRefusal } from './ports.ts';
import { steeringRank } from './rank.ts';
import { createSteering, type SteeringAsker } from './steering.ts';
import type { SteeringFact } from './turns.ts';

const cameraId = 'al-0001' as CameraId;
const who = (name: string, rank: number, desk = `desk-${name}`): SteeringAsker => ({
  ...{ personId: name as PersonId, name, rank, deskId: desk as DeskId, sessionId: `session-${name}` },
  actor: { kind: 'person', roles: ['operator'], territory: ['al' as RegionId] },
});
const wang = who('wang', 1);
const li = who('li', 1);
const leader = who('zhao', 4);

function open({ cameraClass = 'ordinary' as 'ordinary' | 'school', hasDevice = true } = {}) {
  const hand = createHandTimers();
  const told: string[] = [];
  const facts: SteeringFact[] = [];
  let failing: PtzDeviceRefusal | null = null;
  let slow: Promise<void> = Promise.resolve();
  const say = async (what: string) => {
    told.push(what);
    await slow;
    return failing === null ? granted(null) : refused(failing);
  };
  const device: PtzDevice = {
    abilities: async () => granted({ axes: ['panTilt', 'zoom'], presets: [{ token: '1', name: '大门' }] }),
    move: ({ pan, tilt, zoom }) => say(`move ${pan} ${tilt} ${zoom}`),
    stop: () => say('stop'),
    goTo: (preset) => say(`go to ${preset}`),
  };
  const steering = createSteering({
    ...hand,
    pathOf: (id) => (id === cameraId ? (['al'] as RegionId[]) : []),
    cameraOf: () => ({ cameraClass }),
    deviceOf: () => (hasDevice ? device : null),
    record: (_steerer, fact) => facts.push(fact),
  });
  const ask = (asker: SteeringAsker | null, question: Omit<PtzQuestion, 'cameraId'>) =>
    steering.ask({ cameraId, ...question } as PtzQuestion, asker);
  const move = (asker: SteeringAsker, pan = 1) => ask(asker, { type: 'cameras.ptzMove', pan, tilt: 0, zoom: 0 } as never);
  return {
    ...{ ...hand, told, facts, steering, ask, move },
    fail: (code: PtzDeviceRefusal | null) => {
      failing = code;
    },
    slowDown: (until: Promise<void>) => {
      slow = until;
    },
  };
}
const settled = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};
const kinds = (facts: readonly SteeringFact[]) => facts.map(({ type }) => type.replace('audit.', ''));

test('a camera that hears nothing more stands still within a second, and the record says for how long it moved', async () => {
  const { move, advanceMs, told, facts, clock } = open();
  const fromMs = clock.nowMs();
  await move(wang);
  advanceMs(300);
  await move(wang);
  advanceMs(ptzLimits.deadManMs - 1);
  expect(told).toEqual(['move 1 0 0', 'move 1 0 0']);
  advanceMs(1);
  await settled();
  expect(told.at(-1)).toBe('stop');
  expect(facts.at(-1)).toEqual({
    type: 'audit.cameraMoved',
    payload: { cameraId, deskId: 'desk-wang', personId: 'wang', fromMs, toMs: fromMs + 1_000, why: 'silent' },
  });
});

test("a desk whose line is gone stops what it moves at once, and nobody else's", async () => {
  const { move, steering, told, facts } = open();
  await move(wang);
  steering.lineLost('desk-li' as DeskId);
  await settled();
  expect(told).toEqual(['move 1 0 0']);
  steering.lineLost('desk-wang' as DeskId);
  await settled();
  expect([told.at(-1), facts.at(-1)?.payload]).toEqual(['stop', expect.objectContaining({ why: 'lineLost' })]);
});

test('one person at a time: the second hears who it is and for how long, until thirty seconds after the last move', async () => {
  const { move, ask, advanceMs, clock } = open();
  expect(await move(wang)).toEqual(granted({ kind: 'mine', untilMs: clock.nowMs() + 30_000 }));
  advanceMs(10_000);
  expect(await move(li)).toEqual(refused('cameras.ptzHeld', { holder: 'wang', forS: 20 }));
  await move(wang);
  advanceMs(29_999);
  expect((await move(li)).ok).toBe(false);
  expect(await ask(li, { type: 'cameras.ptzStatus' })).toMatchObject({
    value: { lease: { kind: 'held', holder: 'wang', canTakeOver: false } },
  });
  advanceMs(1);
  await settled();
  expect((await move(li)).ok).toBe(true);
});

test('a higher role takes over, what moved stands first, and both are on the record', async () => {
  const { move, ask, told, facts } = open();
  await move(wang);
  expect(await ask(leader, { type: 'cameras.ptzTake', from: 'nobody' } as never)).toMatchObject({ refusal: { code: 'cameras.ptzHeld' } });
  expect(await ask(leader, { type: 'cameras.ptzTake', from: 'holder' } as never)).toMatchObject({ value: { kind: 'mine' } });
  expect(told).toEqual(['move 1 0 0', 'stop']);
  expect(kinds(facts)).toEqual(['steeringTaken', 'cameraMoved', 'steeringEnded', 'steeringTaken']);
  expect([facts[2]?.payload, facts[3]?.payload]).toMatchObject([{ why: 'takenOver' }, { personId: 'zhao', takenFrom: 'wang' }]);
  expect(await ask(wang, { type: 'cameras.ptzTake', from: 'holder' } as never)).toMatchObject({
    refusal: { code: 'cameras.ptzRoleTooLow' },
  });
  expect(await ask(wang, { type: 'cameras.ptzStop' })).toMatchObject({ value: { kind: 'held', holder: 'zhao' } });
});

test('equals do not take over, but one person takes his own camera along to another desk', async () => {
  const { move, ask } = open();
  await move(wang);
  expect(await ask(li, { type: 'cameras.ptzTake', from: 'holder' } as never)).toMatchObject({ refusal: { code: 'cameras.ptzRoleTooLow' } });
  const elsewhere = { ...wang, deskId: 'desk-9' as DeskId, sessionId: 'session-9' };
  expect(await ask(elsewhere, { type: 'cameras.ptzTake', from: 'holder' } as never)).toMatchObject({ value: { kind: 'mine' } });
});

test('a slow camera gets the newest wish only, and no move after its stop', async () => {
  const { move, ask, told, slowDown } = open();
  const late = Promise.withResolvers<void>();
  slowDown(late.promise);
  const moves = [0.1, 0.2, 0.3].map((pan) => move(wang, pan));
  await settled();
  const stopped = ask(wang, { type: 'cameras.ptzStop' });
  late.resolve();
  await Promise.all([...moves, stopped]);
  expect(told).toEqual(['move 0.1 0 0', 'stop']);
});

test('a camera that does not do as told says so, and is told to stop again', async () => {
  const { move, told, fail, facts } = open();
  fail('cameras.ptzDeviceFailed');
  expect(await move(wang)).toEqual(refused('cameras.ptzDeviceFailed'));
  expect(told).toEqual(['move 1 0 0', 'stop', 'stop', 'stop']);
  expect(facts.at(-1)?.payload).toMatchObject({ why: 'deviceFailed' });
});

test('a preset, the end of a session and the end of the platform are on the record', async () => {
  const { ask, move, steering, facts, told } = open();
  await ask(wang, { type: 'cameras.ptzGoTo', preset: '1' } as never);
  await move(wang);
  steering.sessionsEnded(['session-wang']);
  await settled();
  await move(li);
  await steering.close();
  expect(told).toEqual(['go to 1', 'move 1 0 0', 'stop', 'move 1 0 0', 'stop']);
  expect(kinds(facts).filter((kind) => kind !== 'steeringTaken')).toEqual([
    'presetCalled',
    'cameraMoved',
    'steeringEnded',
    'cameraMoved',
    'steeringEnded',
  ]);
});

test('a workstation, a stranger, a masked camera and one without a motor are refused by name', async () => {
  const { ask, steering } = open();
  const codeOf = (answer: Awaited<ReturnType<typeof ask>>) => (answer.ok ? 'done' : answer.refusal.code);
  const stranger = { ...wang, actor: { kind: 'person', roles: ['operator'], territory: ['bl' as RegionId] } } as const;
  const auditor = { ...wang, actor: { kind: 'person', roles: ['auditor'], territory: ['al' as RegionId] } } as const;
  const stop = { type: 'cameras.ptzStop' } as const;
  expect([
    codeOf(await ask(null, stop)),
    codeOf(await ask(stranger, stop)),
    codeOf(await ask(auditor, stop)),
    codeOf(await steering.ask({ ...stop, cameraId: 'nothing' as CameraId }, wang)),
    codeOf(await open({ cameraClass: 'school' }).ask(wang, stop)),
    codeOf(await open({ hasDevice: false }).ask(wang, stop)),
  ]).toEqual(['access.notAllowed', 'cameras.unknown', 'access.notAllowed', 'cameras.unknown', 'cameras.masked', 'cameras.ptzNone']);
});

test('the highest of several roles counts', () => {
  expect([steeringRank(['operator', 'leader']), steeringRank(['dutyOfficer']), steeringRank(['auditor'])]).toEqual([4, 2, 0]);
});

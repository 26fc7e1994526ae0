import { beforeEach, expect, test } from 'vitest';
import { GroundFailure, type GroundTrouble } from './groundFailure.ts';
import { createGroundGuard, type GroundGuard } from './groundGuard.ts';

let waits: { delayMs: number; run: () => void }[];
let told: (GroundTrouble | null)[];
let backs: number;
let asked: number;
let answers: GroundTrouble | 'well';
let guard: GroundGuard;
beforeEach(() => {
  [waits, told, backs, asked, answers] = [[], [], 0, 0, 'well'];
  guard = createGroundGuard({
    timers: {
      afterMs: (delayMs, run) => {
        const wait = { delayMs, run };
        waits.push(wait);
        return () => void waits.splice(waits.indexOf(wait), 1);
      },
    },
    randomness: () => 1,
    onTrouble: (why) => told.push(why),
    onBack: () => (backs += 1),
    explain: async (why) => (why === 'unreachable' ? 'notAllowed' : why),
  });
});

const question = async () => {
  asked += 1;
  if (answers !== 'well') throw new GroundFailure(answers);
  return 'tile';
};
const tile = () => guard.run({ ask: question, again: question, patience: 'some' }).catch((error: unknown) => (error as GroundFailure).why);

/** The next look, and all that follows from it at once. */
async function look(): Promise<number> {
  const wait = waits.shift();
  wait?.run();
  await new Promise(setImmediate);
  return wait?.delayMs ?? Number.NaN;
}

test('the third failure in a row is told, then nothing is asked but one question each time, ever more rarely', async () => {
  answers = 'refused';
  expect([await tile(), await tile(), told.length, await tile(), told]).toEqual(['refused', 'refused', 0, 'refused', ['refused']]);
  expect([await tile(), asked]).toEqual(['refused', 3]);
  const delays = [];
  for (let turn = 0; turn < 8; turn += 1) delays.push(await look());
  expect(delays).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  expect([asked, told, backs]).toEqual([11, ['refused'], 0]);
});

test('when it answers again that is told, what failed is asked for, and the next trouble begins with short waits', async () => {
  answers = 'busy';
  for (let turn = 0; turn < 3; turn += 1) await tile();
  await look();
  answers = 'well';
  await look();
  expect([told, backs, await tile(), waits.length]).toEqual([['busy', null], 1, 'tile', 0]);
  answers = 'busy';
  await tile();
  expect(waits.map(({ delayMs }) => delayMs)).toEqual([2_000]);
});

test('a failure between answers is no trouble; it is asked for again, and given up after a few questions', async () => {
  answers = 'busy';
  await tile();
  answers = 'well';
  await tile();
  answers = 'busy';
  await tile();
  for (let turn = 0; turn < 5; turn += 1) await look();
  expect([told, waits.length]).toEqual([[], 0]);
});

test('failures that come before the answers of the same moment are no trouble', async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const slow = guard.run({ ask: async () => promise, again: question, patience: 'some' });
  answers = 'busy';
  for (let turn = 0; turn < 4; turn += 1) await tile();
  resolve('tile');
  expect([await slow, told]).toEqual(['tile', []]);
});

test('failures whose last companion nobody wants any more are told, of places without tiles too', async () => {
  for (const [why, most] of [
    ['busy', 3],
    ['missing', 8],
  ] as const) {
    const { promise, reject } = Promise.withResolvers<string>();
    const unwanted = guard.run({ ask: async () => promise, again: question, patience: 'some' }).catch(() => 'given up');
    answers = why;
    for (let turn = 0; turn < most; turn += 1) await tile();
    const before = [...told];
    reject(new DOMException('moved on', 'AbortError'));
    expect([await unwanted, before, told, waits.length]).toEqual(['given up', before, [...before, why], 1]);
    answers = 'well';
    await look();
  }
  expect(told).toEqual(['busy', null, 'missing', null]);
});

test('a question that nobody wants any more is no failure by itself', async () => {
  for (let turn = 0; turn < 9; turn += 1) {
    await guard.run({ ask: () => Promise.reject(new DOMException('', 'AbortError')), again: question, patience: 'some' }).catch(() => null);
  }
  expect([told, waits]).toEqual([[], []]);
});

test('of two tiles that never come, and none that does, it is told with the first look', async () => {
  answers = 'refused';
  expect([await tile(), await tile(), told]).toEqual(['refused', 'refused', []]);
  await look();
  expect([told, waits.length]).toEqual([['refused'], 1]);
});

test('places without tiles are no trouble until nothing comes at all, and other places may be asked for meanwhile', async () => {
  answers = 'missing';
  for (let turn = 0; turn < 7; turn += 1) await tile();
  expect([told, waits.length]).toEqual([[], 0]);
  await tile();
  expect([told, waits.length]).toEqual([['missing'], 1]);
  answers = 'well';
  expect([await tile(), told]).toEqual(['tile', ['missing', null]]);
});

test('what one cannot reach is looked at more closely, once', async () => {
  answers = 'unreachable';
  for (let turn = 0; turn < 3; turn += 1) await tile();
  await look();
  expect(told).toEqual(['unreachable', 'notAllowed']);
  answers = 'refused';
  await look();
  expect(told).toEqual(['unreachable', 'notAllowed', 'refused']);
});

test('after its end nothing is waited for', async () => {
  answers = 'busy';
  await tile();
  guard.stop();
  expect(waits).toEqual([]);
});

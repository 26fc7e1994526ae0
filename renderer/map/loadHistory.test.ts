import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { LoadHistory } from '#contract/incidents/index.ts';
import { keepLoadHistory } from './loadHistory.ts';

const hourMs = 3_600_000;
const history = { atMs: 5, sinceMs: null, weeks: 0, grids: [] } as unknown as LoadHistory;

function keep(nowMs = 10 * hourMs + 600_000) {
  const store = createStore(() => ({ person: { personId: 'p1' }, link: { kind: 'live' } }));
  const waits: { delayMs: number; run: () => void; isOff: boolean }[] = [];
  const told: (LoadHistory | null)[] = [];
  const asked: ((answer: unknown) => void)[] = [];
  const kept = keepLoadHistory({
    room: {
      store: store as never,
      platformNow: () => nowMs,
      ask: (() => new Promise((resolve) => asked.push(resolve))) as never,
    },
    timers: {
      afterMs: (delayMs, run) => {
        const wait = { delayMs, run, isOff: false };
        waits.push(wait);
        return () => void (wait.isOff = true);
      },
    },
    onHistory: (next) => told.push(next),
  });
  const answer = async (of: number, value: unknown) => {
    asked[of]?.(value);
    await Promise.resolve().then(() => {});
  };
  return { kept, store, waits, told, asked, answer };
}
const good = { ok: true, value: history };

test('is asked at once and then when the next hour begins', async () => {
  const { waits, told, asked, answer } = keep();
  await answer(0, good);
  expect([told, waits.map(({ delayMs }) => delayMs)]).toEqual([[history], [50 * 60_000]]);
  waits[0]?.run();
  expect(asked).toHaveLength(2);
});

test('where it is refused nothing is known, and it is asked again after a minute', async () => {
  const { waits, told, answer } = keep();
  await answer(0, { ok: false, refusal: { code: 'bus.unreachable' } });
  expect([told, waits[0]?.delayMs]).toEqual([[null], 60_000]);
});

test('somebody else at the console asks for himself; what was on its way for the one before is not his', async () => {
  const { store, told, asked, answer } = keep();
  store.setState({ person: { personId: 'p2' } });
  expect([asked.length, told]).toEqual([2, [null]]);
  await answer(0, good);
  expect(told).toEqual([null]);
  await answer(1, good);
  expect(told).toEqual([null, history]);
});

test('a line that is back asks again; after the stop nothing is told', async () => {
  const { kept, store, told, asked, answer, waits } = keep();
  await answer(0, good);
  store.setState({ link: { kind: 'lost' } });
  store.setState({ link: { kind: 'live' } });
  expect([asked.length, waits[0]?.isOff]).toEqual([2, true]);
  kept.stop();
  await answer(1, good);
  expect(told).toHaveLength(1);
});

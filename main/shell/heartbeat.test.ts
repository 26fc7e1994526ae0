import { describe, expect, test } from 'vitest';
import { startHeartbeat } from './heartbeat.ts';

/** Timers that run when the test says so, and a page that answers when the test says so. */
function fakePage() {
  let pending: { delayMs: number; run: () => void }[] = [];
  const questions: { answer: () => void; leave: () => void }[] = [];
  let frozen = 0;
  const stop = startHeartbeat({
    askPage: () => new Promise<void>((resolve, reject) => questions.push({ answer: resolve, leave: () => reject(new Error('gone')) })),
    timers: {
      afterMs: (delayMs, run) => {
        const timer = { delayMs, run };
        pending.push(timer);
        return () => void (pending = pending.filter((other) => other !== timer));
      },
    },
    onFrozen: () => (frozen += 1),
  });
  const settle = () => new Promise(setImmediate);
  return {
    questions,
    stop,
    settle,
    waits: () => pending.map(({ delayMs }) => delayMs),
    fire: () => pending.shift()?.run(),
    frozen: () => frozen,
  };
}

describe('the heartbeat of a page', () => {
  test('a page that answers is asked again after five seconds', async () => {
    const page = fakePage();
    page.questions[0]?.answer();
    await page.settle();
    expect(page.waits()).toEqual([5000]);
    page.fire();
    expect([page.questions.length, page.waits(), page.frozen()]).toEqual([2, [10_000], 0]);
  });

  test('a page that is silent for ten seconds is told once, and nothing goes on', async () => {
    const page = fakePage();
    page.fire();
    page.questions[0]?.answer();
    await page.settle();
    expect([page.frozen(), page.waits()]).toEqual([1, []]);
  });

  test('a page that is gone is not frozen', async () => {
    const page = fakePage();
    page.questions[0]?.leave();
    await page.settle();
    expect([page.frozen(), page.waits()]).toEqual([0, [5000]]);
  });

  test('after the stop nobody is asked or told', async () => {
    const page = fakePage();
    page.stop();
    page.questions[0]?.answer();
    await page.settle();
    expect([page.frozen(), page.waits()]).toEqual([0, []]);
  });
});

import { expect, test } from 'vitest';
import { createDeckFrames } from './deckFrames.ts';

function makePage() {
  let pending: FrameRequestCallback[] = [];
  return {
    requestAnimationFrame: (run: FrameRequestCallback) => pending.push(run),
    cancelAnimationFrame: () => {
      pending = [];
    },
    asked: () => pending.length,
    draw: () => {
      const due = pending;
      pending = [];
      for (const run of due) run(0);
    },
  };
}

/** As deck.gl's loop does it: each turn asks for the next. */
function startLoop(frames: ReturnType<typeof createDeckFrames>) {
  let turns = 0;
  const turn = () => {
    turns += 1;
    frames.requestAnimationFrame(turn);
  };
  frames.requestAnimationFrame(turn);
  return () => turns;
}

test('the loop turns once by itself, and then only when it is woken', () => {
  const page = makePage();
  const frames = createDeckFrames(page);
  const turns = startLoop(frames);
  page.draw();
  page.draw();
  expect([turns(), page.asked()]).toEqual([1, 0]);
  frames.wake();
  frames.wake();
  expect(page.asked()).toBe(1);
  page.draw();
  page.draw();
  expect([turns(), page.asked()]).toEqual([2, 0]);
});

test('woken during its own turn it turns once more', () => {
  const page = makePage();
  const frames = createDeckFrames(page);
  let turns = 0;
  const turn = () => {
    turns += 1;
    if (turns === 1) frames.wake();
    frames.requestAnimationFrame(turn);
  };
  frames.requestAnimationFrame(turn);
  page.draw();
  page.draw();
  page.draw();
  expect(turns).toBe(2);
});

test('a loop that was stopped asks for nothing, woken or not', () => {
  const page = makePage();
  const frames = createDeckFrames(page);
  const turns = startLoop(frames);
  frames.cancelAnimationFrame(1);
  frames.wake();
  page.draw();
  expect([turns(), page.asked()]).toEqual([0, 0]);
});

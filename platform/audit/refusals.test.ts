import { expect, test } from 'vitest';
import type { Actor } from '#contract/record/index.ts';
import { createHandPorts } from '../record/testing/handPorts.ts';
import { createBudget, createRefusals, refusalsEveryMs } from './refusals.ts';

/** Everything that was written, as `what repeats`. */
function openRefusals() {
  const hand = createHandPorts();
  const written: string[] = [];
  const refusals = createRefusals({
    ...hand,
    record: ({ facts }) =>
      void written.push(...facts.map(({ subject, payload }) => `${subject} ${(payload as { repeats: number }).repeats}`)),
  });
  const tell = (actor: string, what: string) =>
    refusals.tell(actor, (repeats) => ({
      actor: actor as Actor,
      facts: [{ type: 'audit.commandRefused', subject: what, payload: { repeats } }],
    }));
  return { ...hand, written, refusals, tell };
}

test('an actor’s first refusal is written at once, and a flood behind it becomes one counted fact a minute', () => {
  const { written, tell, advanceMs } = openRefusals();
  tell('li', 'first');
  const atOnce = [...written];
  for (let number = 0; number < 10_000; number += 1) tell('li', `flood-${number}`);
  tell('wang', 'other');
  const during = [...written];
  advanceMs(refusalsEveryMs);
  for (let number = 0; number < 5; number += 1) tell('li', `more-${number}`);
  advanceMs(refusalsEveryMs);
  expect([atOnce, during, written]).toEqual([['first 0'], ['first 0', 'other 0'], ['first 0', 'other 0', 'flood-9999 9999', 'more-4 4']]);
});

test('after a quiet minute an actor is heard at once again', () => {
  const { written, tell, advanceMs } = openRefusals();
  tell('li', 'first');
  advanceMs(refusalsEveryMs);
  tell('li', 'later');
  expect(written).toEqual(['first 0', 'later 0']);
});

test('ten thousand actors cannot fill the record either', () => {
  const { written, tell, advanceMs } = openRefusals();
  for (let number = 0; number < 10_000; number += 1) tell(`desk-${number}`, `of-${number}`);
  advanceMs(refusalsEveryMs);
  expect(written.length).toBe(502);
  expect(written.at(-1)).toBe('of-9999 9498');
});

test('a budget begins anew with each minute', () => {
  const { clock, advanceMs } = createHandPorts({ nowMs: 0 });
  const spend = createBudget({ perMinute: 2, clock });
  const first = [spend(), spend(), spend()];
  advanceMs(refusalsEveryMs);
  expect([first, spend()]).toEqual([['within', 'within', 'beyond'], 'within']);
});

import { expect, test } from 'vitest';
import type { WaitingLift } from '#contract/cameras/index.ts';
import { granted, refused, type Result } from '#contract/values/index.ts';
import { createRosterDesk } from './rosterDesk.ts';
import type { RosterPages } from './rosterPages.ts';

const lift = { liftId: 'lift-0001', asker: '李值', minutes: 5 } as WaitingLift;

/** A phone beside a platform that a test plays; `pass` lets the next asking happen. */
function open() {
  const platform = { lifts: [] as readonly WaitingLift[], refusal: null as string | null, sent: [] as object[], rung: 0 };
  let due: (() => void) | null = null;
  const answerOf = <Value>(value: Value): Result<Value> => (platform.refusal === null ? granted(value) : refused(platform.refusal));
  const pages: RosterPages = {
    logIn: async () => answerOf({ person: { name: '周文海' } } as never),
    logOut: async () => void platform.sent.push({ logOut: true }),
    waiting: async () => answerOf({ nowMs: 1, lifts: [...platform.lifts] }),
    async answer(answered) {
      platform.sent.push(answered);
      platform.lifts = [];
      return answerOf({ outcome: 'approved' as const });
    },
  };
  const timers = {
    afterMs: (_ms: number, run: () => void) => {
      due = run;
      return () => {
        if (due === run) due = null;
      };
    },
  };
  const desk = createRosterDesk({ pages, timers, ring: () => void (platform.rung += 1) });
  const pass = async () => {
    due?.();
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  };
  return { desk, platform, pass, isWaiting: () => due !== null };
}

const leader = { account: 'leader', password: 'a long password' };

test('a request rings once, is answered by one tap, and its outcome is told', async () => {
  const { desk, platform, pass } = open();
  await desk.logIn(leader);
  platform.lifts = [lift];
  await pass();
  await pass();
  expect([platform.rung, desk.store.getState()]).toMatchObject([1, { kind: 'open', name: '周文海', lifts: [lift] }]);
  await desk.answer({ liftId: 'lift-0001', answer: 'approve' });
  expect([platform.sent, desk.store.getState()]).toMatchObject([
    [{ liftId: 'lift-0001', answer: 'approve' }],
    { lifts: [], last: 'approved' },
  ]);
});

test('a platform that cannot be reached is said and asked again; an ended session shows the log-in and nothing else', async () => {
  const { desk, platform, pass, isWaiting } = open();
  await desk.logIn(leader);
  platform.lifts = [lift];
  await pass();
  platform.refusal = 'bus.unreachable';
  await pass();
  expect([desk.store.getState(), isWaiting()]).toMatchObject([{ lifts: [lift], problem: { code: 'bus.unreachable' } }, true]);
  platform.refusal = 'access.sessionEnded';
  await pass();
  expect([desk.store.getState(), isWaiting()]).toEqual([{ kind: 'signedOut', refusal: { code: 'access.sessionEnded' } }, false]);
});

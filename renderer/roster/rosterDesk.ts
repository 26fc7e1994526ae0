import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LoginRequest } from '#contract/access/index.ts';
import type { AnsweredLift, AnswerLift, WaitingLift } from '#contract/cameras/index.ts';
import type { Refusal, Timers } from '#contract/values/index.ts';
import type { RosterPages } from './rosterPages.ts';

/** The leader's page: nobody signed in, or what rings him. `problem` is why the newest asking failed; what is shown may be old then. */
export type RosterState =
  | { readonly kind: 'signedOut'; readonly refusal: Refusal | null }
  | {
      readonly kind: 'open';
      readonly name: string;
      readonly lifts: readonly WaitingLift[];
      readonly nowMs: number;
      readonly last: AnsweredLift['outcome'] | null;
      readonly problem: Refusal | null;
    };

/** What a leader does here: he waits, and taps once. */
export type RosterDesk = {
  readonly store: StoreApi<RosterState>;
  logIn(request: LoginRequest): Promise<void>;
  logOut(): Promise<void>;
  answer(answered: AnswerLift): Promise<void>;
};

/** A request is on the phone within this. Unit: ms. */
const askEveryMs = 2_000;

/** Holds the page's state. `ring` is called when a request comes that was not there before. */
export function createRosterDesk({ pages, timers, ring }: { pages: RosterPages; timers: Timers; ring: () => void }): RosterDesk {
  const store = createStore<RosterState>(() => ({ kind: 'signedOut', refusal: null }));
  let cancel = () => {};

  const signOut = (refusal: Refusal | null): void => {
    cancel();
    store.setState({ kind: 'signedOut', refusal }, true);
  };
  const look = async (): Promise<void> => {
    const waiting = await pages.waiting();
    const state = store.getState();
    if (state.kind !== 'open') return;
    cancel();
    if (!waiting.ok && waiting.refusal.code.startsWith('access.')) {
      await pages.logOut();
      return signOut(waiting.refusal);
    }
    cancel = timers.afterMs(askEveryMs, () => void look());
    if (!waiting.ok) return store.setState({ ...state, problem: waiting.refusal }, true);
    const { lifts, nowMs } = waiting.value;
    const isNew = lifts.some(({ liftId }) => state.lifts.every((known) => known.liftId !== liftId));
    if (isNew) ring();
    store.setState({ ...state, lifts, nowMs, problem: null, ...(isNew ? { last: null } : {}) }, true);
  };

  return {
    store,
    async logIn(request) {
      const opened = await pages.logIn(request);
      if (!opened.ok) return signOut(opened.refusal);
      const { name } = opened.value.person;
      store.setState({ kind: 'open', name, lifts: [], nowMs: 0, last: null, problem: null }, true);
      await look();
    },
    async logOut() {
      signOut(null);
      await pages.logOut();
    },
    async answer(answered) {
      const result = await pages.answer(answered);
      const state = store.getState();
      if (state.kind !== 'open') return;
      if (!result.ok) return store.setState({ ...state, problem: result.refusal }, true);
      const lifts = state.lifts.filter(({ liftId }) => liftId !== answered.liftId);
      store.setState({ ...state, lifts, last: result.value.outcome }, true);
      await look();
    },
  };
}

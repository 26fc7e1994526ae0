import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Refusal } from '#contract/values/index.ts';
import type { MessageOf, RoomAccess } from '../room/index.ts';

/** How signing in goes; the person arrives with the room. */
export type SignInState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'entering' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export type SignIn = { readonly store: StoreApi<SignInState>; enter(asked: MessageOf<'login'>): void; leave(): void };

/** Signs in and out through main; the password is never kept here. */
export function createSignIn({ ask }: Pick<RoomAccess, 'ask'>): SignIn {
  const store = createStore<SignInState>(() => ({ kind: 'idle' }));
  const enter = async (asked: MessageOf<'login'>) => {
    store.setState({ kind: 'entering' }, true);
    const answer = await ask('login', asked);
    store.setState(answer.ok ? { kind: 'idle' } : { kind: 'refused', refusal: answer.refusal }, true);
  };
  return { store, enter: (asked) => void enter(asked), leave: () => void ask('logout', {}) };
}

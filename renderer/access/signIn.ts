import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Refusal, Result } from '#contract/values/index.ts';
import type { MessageOf, RoomAccess } from '../room/index.ts';

/** How signing in goes; the person arrives with the room. `passwordDue` = the password was right, and one of his own has to be set now. */
export type SignInState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'entering'; readonly from: 'login' | 'passwordDue' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'passwordDue'; readonly refusal: Refusal | null };

export type SignIn = {
  readonly store: StoreApi<SignInState>;
  enter(asked: MessageOf<'login'>): void;
  /** Back to an empty log-in. */
  begin(): void;
  leave(): void;
  changePassword(asked: MessageOf<'changePassword'>): Promise<Result<null>>;
};

/** What a new password may be refused with, after which another one may be tried. */
const worthAnotherTry = new Set(['access.passwordShort', 'access.passwordNotNew', 'access.passwordNamesYou', 'access.passwordPattern']);

/** Signs in and out through main; passwords are never kept here. */
export function createSignIn({ ask }: Pick<RoomAccess, 'ask'>): SignIn {
  const store = createStore<SignInState>(() => ({ kind: 'idle' }));
  const show = (state: SignInState) => store.setState(state, true);
  const enter = async (asked: MessageOf<'login'>) => {
    show({ kind: 'entering', from: asked.newPassword === undefined ? 'login' : 'passwordDue' });
    const answer = await ask('login', asked);
    if (answer.ok) return show({ kind: 'idle' });
    const { refusal } = answer;
    if (refusal.code === 'access.passwordChangeRequired') return show({ kind: 'passwordDue', refusal: null });
    show(worthAnotherTry.has(refusal.code) ? { kind: 'passwordDue', refusal } : { kind: 'refused', refusal });
  };
  return {
    store,
    enter: (asked) => void enter(asked),
    begin: () => show({ kind: 'idle' }),
    leave: () => void ask('logout', {}),
    changePassword: (asked) => ask('changePassword', asked),
  };
}

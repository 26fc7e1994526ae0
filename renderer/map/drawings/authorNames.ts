import { createStore, type StoreApi } from 'zustand/vanilla';
import { namesAtOnce, type PersonNamed } from '#contract/access/index.ts';
import type { PersonId, Timers } from '#contract/values/index.ts';
import type { RoomAccess } from '../../room/index.ts';

/** Who drew what stands on the map, as far as the person at the console may know it; gone when he is. */
export type AuthorNames = {
  readonly store: StoreApi<ReadonlyMap<PersonId, PersonNamed>>;
  /** Somebody looks at what this person drew: who he is is asked until it is known. Returns what ends the looking. */
  look(personId: PersonId): () => void;
};

// The line may be down, or the platform still starting: the tip goes without a name meanwhile.
const againMs = 5_000;

/** Nothing is asked before somebody looks; then for all authors that are not known yet, in one question. */
export function createAuthorNames({ room, timers }: { room: Pick<RoomAccess, 'store' | 'ask' | 'canAsk'>; timers: Timers }): AuthorNames {
  const store = createStore<ReadonlyMap<PersonId, PersonNamed>>(() => new Map());
  let looks = 0;
  let person = room.store.getState()?.person?.personId;
  room.store.subscribe((now) => {
    if (now?.person?.personId === person) return;
    person = now?.person?.personId;
    // What was told was told to the one before.
    store.setState(new Map(), true);
  });
  const unknown = (first: PersonId): PersonId[] => {
    const authors = [...(room.store.getState()?.drawings?.values() ?? [])].map(({ authorId }) => authorId);
    const known = store.getState();
    return [...new Set([first, ...authors])].filter((id) => id !== person && !known.has(id)).slice(0, namesAtOnce);
  };
  const ask = async (personIds: PersonId[]): Promise<void> => {
    const by = person;
    const answer = await room.ask('personNames', { personIds }).catch(() => null);
    if (answer?.ok !== true || by !== person) return;
    store.setState(new Map([...store.getState(), ...answer.value.people.map((named) => [named.personId, named] as const)]), true);
  };
  return {
    store,
    look: (personId) => {
      looks += 1;
      const mine = looks;
      let cancel = () => {};
      const lookAgain = async (): Promise<void> => {
        if (person === undefined || personId === person || store.getState().has(personId) || !room.canAsk('personNames')) return;
        await ask(unknown(personId));
        if (mine === looks && !store.getState().has(personId)) cancel = timers.afterMs(againMs, () => void lookAgain());
      };
      void lookAgain();
      return () => {
        if (mine === looks) looks += 1;
        cancel();
      };
    },
  };
}

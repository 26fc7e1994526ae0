import type { LoadHistory } from '#contract/incidents/index.ts';
import type { Timers } from '#contract/values/index.ts';
import type { RoomAccess } from '../room/index.ts';

// The hour that is compared changes with the clock; nothing else of the answer is worth asking for more often.
const hourMs = 3_600_000;
const againMs = 60_000;

/** Keeps what was open at this hour of past weeks, asked anew each hour and for each person, until it is stopped. Null until it is known. */
export function keepLoadHistory({
  room,
  timers,
  onHistory,
}: {
  room: Pick<RoomAccess, 'store' | 'ask' | 'platformNow'>;
  timers: Timers;
  onHistory: (history: LoadHistory | null) => void;
}): { readonly stop: () => void } {
  let asked = 0;
  let cancel = () => {};
  const ask = async (): Promise<void> => {
    cancel();
    asked += 1;
    const mine = asked;
    const answer = await room.ask('loadHistory', {}).catch(() => null);
    if (mine !== asked) return;
    const isThere = answer?.ok === true;
    onHistory(isThere ? answer.value : null);
    cancel = timers.afterMs(isThere ? hourMs - (room.platformNow() % hourMs) : againMs, () => void ask());
  };
  const unsubscribe = room.store.subscribe((now, before) => {
    const isOther = now?.person?.personId !== before?.person?.personId;
    // What was told is of the territory of the one before.
    if (isOther) onHistory(null);
    if (isOther || (now?.link.kind === 'live' && before?.link.kind !== 'live')) void ask();
  });
  void ask();
  return {
    stop: () => {
      asked += 1;
      cancel();
      unsubscribe();
    },
  };
}

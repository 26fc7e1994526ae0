import type { Clock, Timers } from '#contract/values/index.ts';
import type { AuditEntry } from './recorder.ts';

/** A refusal as a fact; `repeats` = how many others of the same actor it stands for. */
export type CountedEntry = (repeats: number) => AuditEntry;

/** Refusals on the record: each actor's first one at once, and what follows within a minute as one counted fact. */
export type Refusals = {
  /** `actor` = whoever floods if it is a flood. */
  tell(actor: string, entry: CountedEntry): void;
  /** Forgets what is being counted. */
  close(): void;
};

/** Nobody fills the record by being refused: one fact per actor and so long, whatever he sends (unit: ms). */
export const refusalsEveryMs = 60_000;
/** Actors that are counted one by one; beyond it they share one count. */
const mostActors = 500;

type Counting = { readonly cancel: () => void; last: CountedEntry | null; more: number };

/** `record` may fail: what was refused stays refused. */
export function createRefusals({ record, timers }: { record: (entry: AuditEntry) => unknown; timers: Timers }): Refusals {
  const counted = new Map<string, Counting>();

  function begin(actor: string): void {
    const cancel = timers.afterMs(refusalsEveryMs, () => {
      const counting = counted.get(actor);
      counted.delete(actor);
      if (counting === undefined || counting.last === null) return;
      record(counting.last(counting.more - 1));
      begin(actor);
    });
    counted.set(actor, { cancel, last: null, more: 0 });
  }

  return {
    tell(actor, entry) {
      const counting = counted.get(actor) ?? (counted.size >= mostActors ? counted.get(others) : undefined);
      if (counting === undefined) {
        begin(counted.size >= mostActors ? others : actor);
        record(entry(0));
        return;
      }
      counting.last = entry;
      counting.more += 1;
    },
    close() {
      for (const { cancel } of counted.values()) cancel();
      counted.clear();
    },
  };
}

const others = 'others';

/** Lets so many through in each minute, and says which ones are too many. */
export function createBudget({ perMinute, clock }: { perMinute: number; clock: Clock }): () => 'within' | 'beyond' {
  let minute = -1;
  let used = 0;
  return () => {
    const now = Math.floor(clock.nowMs() / refusalsEveryMs);
    if (now !== minute) [minute, used] = [now, 0];
    used += 1;
    return used <= perMinute ? 'within' : 'beyond';
  };
}

import { byNeed, type Rank } from './priority.ts';

/**
 * How a picture may change its rendition: `double` = the new one is decoded beside the old one until its first frame is proven; `single` =
 * there is no decoder for two, the old picture is held while the one element is used again.
 */
export type SwitchWay = 'double' | 'single';

/** A place in the queue for changing a rendition. */
export type Turn = {
  /** The change is over, or not wanted any more; may be called twice. */
  done(): void;
};

/** Gives out double decodes in one window. */
export type Doubles = {
  /** `onTurn` is told once, perhaps at once, unless the turn was given back before. */
  ask(asked: { rank: Rank; onTurn: (way: SwitchWay) => void }): Turn;
};

/** media.md, "Switching main and sub": at most 2 double decodes per window at a time. */
const maxDoubles = 2;

type Waiting = { readonly rank: Rank; readonly onTurn: (way: SwitchWay) => void };

/** Makes the window's doubles. `inUse` counts elements that decode now, `decoders` what this machine is known to manage. */
export function createDoubles({ inUse, decoders }: { inUse: () => number; decoders: () => number }): Doubles {
  let waiting: Waiting[] = [];
  const running = new Set<Waiting>();

  const next = (): void => {
    while (running.size < maxDoubles && waiting.length > 0) {
      waiting.sort((a, b) => byNeed(a.rank, b.rank));
      const turn = waiting.shift();
      if (turn === undefined) return;
      running.add(turn);
      turn.onTurn(inUse() < decoders() ? 'double' : 'single');
    }
  };
  return {
    ask: (asked) => {
      const turn: Waiting = { ...asked };
      waiting.push(turn);
      // Not at once: a layout that changes asks for all its tiles in one go, and the alarm among them comes first.
      queueMicrotask(next);
      return {
        done: () => {
          waiting = waiting.filter((other) => other !== turn);
          if (running.delete(turn)) queueMicrotask(next);
        },
      };
    },
  };
}

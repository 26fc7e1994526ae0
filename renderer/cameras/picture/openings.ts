import type { ViewRequest } from '#contract/bridge/index.ts';
import { type MediaGrant, viewsAtOnce } from '#contract/cameras/index.ts';
import { type Clock, type Result, refused, type Timers } from '#contract/values/index.ts';
import type { RoomAccess } from '../../room/index.ts';
import { byOpening, type Rank } from './priority.ts';

/** The order in which a window opens its pictures, so that a wall of 36 asks like one and no camera host is run over. */
export type Openings = {
  /** Asks for a right; all that ask within a moment go together in one question, in order. Not asked for what is not wanted any more by then. */
  ask(asked: ViewWanted): Promise<Result<MediaGrant>>;
  /** Resolves when a full picture may be opened at this group of sources (`MediaGrant.group`). */
  toOpenMain(group: string): Promise<void>;
};

/** A view that is asked for, and when in its window. */
export type ViewWanted = { readonly rank: Rank; readonly view: ViewRequest; readonly isWanted: () => boolean };

/** All tiles of a layout mount within this. */
const gatherMs = 20;
/** media.md: at most 4 main openings per NVR and second. */
const mainPerSecond = 4;
const secondMs = 1_000;

type Asking = ViewWanted & { readonly resolve: (answer: Result<MediaGrant>) => void };

/** Makes the window's openings; every right is asked of main. */
export function createOpenings({
  timers,
  clock,
  ...line
}: { timers: Timers; clock: Clock } & Pick<RoomAccess, 'ask' | 'canAsk'>): Openings {
  let asking: Asking[] = [];
  const groups = new Map<string, readonly number[]>();

  const letAsk = (): void => {
    const wanted = asking.filter((each) => each.isWanted()).sort((a, b) => byOpening(a.rank, b.rank));
    for (const { isWanted, resolve } of asking) if (!isWanted()) resolve(refused('cameras.closed'));
    asking = [];
    for (let first = 0; first < wanted.length; first += viewsAtOnce) void askTogether(wanted.slice(first, first + viewsAtOnce), line);
  };
  const forgetOld = (nowMs: number): void => {
    for (const [group, startsMs] of groups) if ((startsMs.at(-1) ?? 0) < nowMs - secondMs) groups.delete(group);
  };
  return {
    ask: (asked) => {
      const { promise, resolve } = Promise.withResolvers<Result<MediaGrant>>();
      if (asking.length === 0) timers.afterMs(gatherMs, letAsk);
      asking.push({ ...asked, resolve });
      return promise;
    },
    toOpenMain: (group) => {
      const nowMs = clock.nowMs();
      forgetOld(nowMs);
      const before = groups.get(group) ?? [];
      // The fourth last start decides: a second after it there is room again.
      const startMs = Math.max(nowMs, (before.at(-mainPerSecond) ?? Number.NEGATIVE_INFINITY) + secondMs);
      groups.set(group, [...before.slice(1 - mainPerSecond), startMs]);
      const { promise, resolve } = Promise.withResolvers<void>();
      if (startMs <= nowMs) resolve();
      else timers.afterMs(startMs - nowMs, resolve);
      return promise;
    },
  };
}

async function askTogether(wanted: readonly Asking[], { ask, canAsk }: Pick<RoomAccess, 'ask' | 'canAsk'>): Promise<void> {
  if (!canAsk('openViews')) {
    for (const { view, resolve } of wanted) void ask('openView', view).then(resolve);
    return;
  }
  const answer = await ask('openViews', { views: wanted.map(({ view }) => view) });
  for (const [index, { resolve }] of wanted.entries()) {
    resolve(answer.ok ? (answer.value[index] ?? refused('room.badAnswer', { method: 'openViews' })) : answer);
  }
}

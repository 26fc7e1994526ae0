import { emptyWall, type WallCommand, type WallState } from '#contract/wall/index.ts';
import type { RoomAccess } from '../room/index.ts';
import type { DoneText, Notice } from './consoleView.ts';
import { inverseOf } from './dropOutcome.ts';

type Done = Omit<Extract<Notice, { kind: 'done' }>, 'id'>;
type Refused = Omit<Extract<Notice, { kind: 'refused' }>, 'id'>;

/** What the console asks of the Wall. */
export type WallCommands = {
  /** Asks, and says what came of it. Resolves when it is answered. */
  command(asked: WallCommand, told: { readonly text: DoneText; readonly place: string }): Promise<void>;
  /** Takes back the newest change; one that is not answered yet is waited for. */
  undo(): void;
};

/** `newest`: the newest change that somebody may still take back; it is asked for when everything before is answered. */
export function createWallCommands({
  room,
  announce,
  newest,
}: {
  readonly room: Pick<RoomAccess, 'ask' | 'store'>;
  readonly announce: (notice: Done | Refused) => void;
  readonly newest: () => Pick<Done, 'undo' | 'place'> | undefined;
}): WallCommands {
  let answered: Promise<unknown> = Promise.resolve();
  const carryOut: WallCommands['command'] = async (asked, { text, place }) => {
    const before = wallOf(room);
    const answer = await room.ask('commandWall', asked);
    if (!answer.ok) return announce({ kind: 'refused', refusal: answer.refusal });
    announce({ kind: 'done', text, place, undo: text === 'undone' ? null : inverseOf(before, asked) });
  };
  const takeBack = async () => {
    const done = newest();
    if (done?.undo != null) await carryOut(done.undo, { text: 'undone', place: done.place });
  };
  return {
    command(asked, told) {
      const done = carryOut(asked, told);
      answered = Promise.allSettled([answered, done]);
      return done;
    },
    // Who changes the Wall and presses Ctrl+Z at once means this change, not the one before it.
    undo() {
      answered = Promise.allSettled([answered.then(takeBack)]);
    },
  };
}

/** The Wall as this window knows it now. */
export function wallOf({ store }: Pick<RoomAccess, 'store'>): WallState {
  return store.getState()?.wall ?? emptyWall;
}

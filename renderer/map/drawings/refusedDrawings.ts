import { createStore, type StoreApi } from 'zustand/vanilla';
import type { WaitingCommand } from '#contract/bridge/index.ts';
import type { DrawingCommand } from '#contract/map/index.ts';
import type { Refusal } from '#contract/values/index.ts';

type DrawCommand = Extract<DrawingCommand, { type: 'map.draw' }>;

/** A drawing that the platform did not take, and why; kept so that nobody draws it anew from memory. */
export type RefusedDrawing = { readonly commandId: string; readonly command: DrawCommand; readonly refusal: Refusal };

/** What the platform did not take of what was drawn here, oldest first; gone with the window. */
export type RefusedDrawings = {
  readonly store: StoreApi<readonly RefusedDrawing[]>;
  /** Asks for it once more, as a new drawing. */
  retry(commandId: string): void;
  drop(commandId: string): void;
};

export type RefusedDrawingsPorts = {
  /** The commands of this person that wait for the platform, as they change: also those from before a restart. */
  readonly waiting: () => readonly Pick<WaitingCommand, 'commandId' | 'command'>[];
  readonly onWaiting: (listener: () => void) => () => void;
  readonly onSettled: (listener: (settled: { readonly commandId: string; readonly refusal: Refusal | null }) => void) => () => void;
  readonly drawAgain: (command: DrawCommand) => void;
};

// As many as the outbox holds of one person.
const mostKept = 500;

export function createRefusedDrawings({ waiting, onWaiting, onSettled, drawAgain }: RefusedDrawingsPorts): RefusedDrawings {
  const store = createStore<readonly RefusedDrawing[]>(() => []);
  const asked = new Map<string, DrawCommand>();
  const drop = (commandId: string) =>
    store.setState(
      store.getState().filter((refused) => refused.commandId !== commandId),
      true,
    );
  const note = () => {
    for (const { commandId, command } of waiting()) if (command.type === 'map.draw') asked.set(commandId, command);
    // What was settled while nobody listened is never asked for again.
    for (const id of [...asked.keys()].slice(0, Math.max(0, asked.size - mostKept))) asked.delete(id);
  };
  onWaiting(note);
  onSettled(({ commandId, refusal }) => {
    const command = asked.get(commandId);
    asked.delete(commandId);
    // Its own author said that it is not wanted any more.
    if (command === undefined || refusal === null || refusal.code === 'link.discarded') return;
    store.setState([...store.getState(), { commandId, command, refusal }].slice(-mostKept), true);
  });
  note();
  return {
    store,
    retry: (commandId) => {
      const refused = store.getState().find((each) => each.commandId === commandId);
      if (refused === undefined) return;
      drop(commandId);
      drawAgain(refused.command);
    },
    drop,
  };
}

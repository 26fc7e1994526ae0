import { createStore, type StoreApi } from 'zustand/vanilla';
import type { MethodName, methodArguments } from '#contract/bridge/index.ts';
import type { Clock, Randomness, Refusal, Timers } from '#contract/values/index.ts';
import { readThumbnail, type Thumbnail } from '#contract/wall/index.ts';
import type { z } from 'zod';
import { type Bridge, type Connector, createBridge } from '../bridge/index.ts';
import { createPlatformTime } from './platformTime.ts';
import { foldRoom, type RoomState, roomFromHello } from './roomState.ts';

/** What came of a command that was queued: main tells it by its id. */
export type CommandSettled = { readonly commandId: string; readonly refusal: Refusal | null };

/** The room of one window: its state, main's ear, and platform time. Null until the first hello. */
export type RoomStore = StoreApi<RoomState | null>;

export type RoomAccess = {
  readonly store: RoomStore;
  readonly ask: Bridge['ask'];
  /** Whether the main that said the last hello knows this question; one of the version before knows nothing newer. */
  readonly canAsk: (name: MethodName) => boolean;
  /** Platform time, epoch ms: every shown age and countdown uses it. */
  readonly platformNow: () => number;
  /** Returns the unsubscriber. */
  onSettled(listener: (settled: CommandSettled) => void): () => void;
  /** Frames of positions, each once, never folded into the state. Returns the unsubscriber. */
  onPositions(listener: (frame: Uint8Array) => void): () => void;
  /** Small pictures of tiles, each once; `followThumbnails` asks for them. Returns the unsubscriber. */
  onThumbnails(listener: (thumbnail: Thumbnail) => void): () => void;
};

/** Arguments of a bridge method. */
export type MessageOf<Name extends MethodName> = z.infer<(typeof methodArguments)[Name]>;

/** Opens the room: connects (for ever), replaces the state at each hello and folds what follows. */
export function openRoom({
  connector,
  clock,
  elapsedMs,
  timers,
  random,
}: {
  connector: Connector;
  clock: Clock;
  elapsedMs: () => number;
  timers: Timers;
  random: Randomness;
}): RoomAccess {
  const store: RoomStore = createStore<RoomState | null>(() => null);
  const settledListeners = new Set<(settled: CommandSettled) => void>();
  const thumbnailListeners = new Set<(thumbnail: Thumbnail) => void>();
  const positionListeners = new Set<(frame: Uint8Array) => void>();
  const platformTime = createPlatformTime({ clock, elapsedMs });
  let methods: readonly string[] = [];
  const setBridge = (state: RoomState['bridge']) => {
    const room = store.getState();
    if (room !== null) store.setState({ ...room, bridge: state }, true);
  };
  const bridge = createBridge({
    connector,
    timers,
    random,
    listener: {
      onHello: (hello) => {
        methods = hello.methods ?? [];
        store.setState(roomFromHello(hello), true);
      },
      onEvents: (events) => {
        const state = store.getState();
        if (state !== null) store.setState(foldRoom(state, events), true);
        for (const event of events) {
          if (event.kind === 'commandSettled') for (const listener of settledListeners) listener(event as CommandSettled);
        }
      },
      onBytes: (frame) => {
        const thumbnail = readThumbnail(frame);
        if (thumbnail === null) for (const listener of positionListeners) listener(frame);
        else for (const listener of thumbnailListeners) listener(thumbnail);
      },
      onLost: () => setBridge('cutOff'),
      onReplaced: () => setBridge('replaced'),
    },
  });
  return {
    store,
    ask: bridge.ask,
    canAsk: (name) => methods.includes(name),
    platformNow: () => platformTime(store.getState()?.platformOffsetMs ?? 0),
    onSettled: (listener) => {
      settledListeners.add(listener);
      return () => settledListeners.delete(listener);
    },
    onPositions: (listener) => {
      positionListeners.add(listener);
      return () => positionListeners.delete(listener);
    },
    onThumbnails: (listener) => {
      thumbnailListeners.add(listener);
      return () => thumbnailListeners.delete(listener);
    },
  };
}

import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { RoomState } from '../room/index.ts';
import { createThumbnailSource } from './thumbnailSource.ts';

/** A console whose wall has two tiles of one camera, with a small picture of each. */
async function open() {
  const store = createStore<RoomState | null>(() => ({ bridge: 'open', person: { personId: 'p-1' }, glass: [] }) as unknown as RoomState);
  const listeners: ((thumbnail: never) => void)[] = [];
  const closed: number[] = [];
  const source = createThumbnailSource({
    room: {
      store,
      ask: async () => ({ ok: true, value: null }) as never,
      onThumbnails: (listener) => (listeners.push(listener), () => {}),
    },
    decode: async (jpeg) => ({ close: () => closed.push(jpeg[0] ?? 0) }) as unknown as ImageBitmap,
  });
  for (const cell of [0, 1]) {
    const jpeg = Uint8Array.of(cell);
    for (const tell of listeners) tell({ displayKey: 'DP-1', cell, cameraId: 'c1', pictureAtMs: 1, jpeg } as never);
  }
  await Promise.resolve();
  const see = (states: readonly string[]) => {
    const cells = states.map((state, cell) => ({ cell, cameraId: 'c1', state }));
    store.setState({ glass: [{ displayKey: 'DP-1', atMs: 1, cells }] } as unknown as RoomState);
  };
  return { see, closed, shown: () => [...source.store.getState().keys()] };
}

test('a small picture stays while its tile is old or away, with its age', async () => {
  const { see, closed, shown } = await open();
  see(['stale', 'offline']);
  expect([shown(), closed]).toEqual([['DP-1/0', 'DP-1/1'], []]);
});

test.each(['connecting', 'refused'])(
  'a tile that is %s takes its small picture along for good: what it may be now is not known',
  async (state) => {
    const { see, closed, shown } = await open();
    see(['live', state]);
    see(['live', 'offline']);
    expect([shown(), closed]).toEqual([['DP-1/0'], [1]]);
  },
);

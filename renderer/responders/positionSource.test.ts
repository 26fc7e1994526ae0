import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { createPositionColumns, encodeWhole, setPosition } from '#contract/responders/index.ts';
import { granted } from '#contract/values/index.ts';
import type { RoomAccess, RoomState } from '../room/index.ts';
import { createPositionSource } from './positionSource.ts';

const atMs = 1_800_000_000_000;

function frameOf({ numbering, ages }: { numbering: number; ages: readonly (number | null)[] }): Uint8Array {
  const columns = createPositionColumns({ size: ages.length, directoryRevision: numbering });
  ages.forEach((ageMs, index) => {
    if (ageMs !== null) setPosition(columns, index, { measuredAtMs: atMs - ageMs, lng: 108 + index, lat: 33, headingDeg: 0, status: 0 });
  });
  return encodeWhole(columns, { atMs })[0]!;
}

/** A room that a test changes, and the source on it. */
function open() {
  const store = createStore<RoomState | null>(() => null);
  const asked: string[] = [];
  let tell: (frame: Uint8Array) => void = () => {};
  const room = {
    store,
    ask: async (name: string) => {
      asked.push(name);
      return granted(null);
    },
    onPositions: (listener: typeof tell) => {
      tell = listener;
      return () => {};
    },
  } as unknown as RoomAccess;
  const source = createPositionSource(room);
  const become = (bridge: RoomState['bridge'], responders: RoomState['responders']) =>
    store.setState({ bridge, responders } as RoomState, true);
  return { source, asked, become, tell: (frame: Uint8Array) => tell(frame) };
}

const three = { directoryRevision: 7, count: 3 };

test('a window asks once on each line to main, and again for each frame that it has read', () => {
  const { asked, become, tell } = open();
  become('open', three);
  become('open', three);
  const first = asked.length;
  tell(frameOf({ numbering: 7, ages: [0, 0, 0] }));
  const second = asked.length;
  become('cutOff', three);
  become('open', three);
  expect([first, second, asked]).toEqual([1, 2, ['nextPositions', 'nextPositions', 'nextPositions']]);
});

test('whoever reports, is silent and was never heard of add up to everybody, also as time goes by', () => {
  const { source, become, tell } = open();
  become('open', three);
  tell(frameOf({ numbering: 7, ages: [0, 61_000, null] }));
  expect([source.counts(atMs), source.counts(atMs + 60_001)]).toEqual([
    { count: 3, reporting: 1, stale: 1, unheard: 1 },
    { count: 3, reporting: 0, stale: 2, unheard: 1 },
  ]);
});

test('the columns are written in place, pairs of longitude and latitude as a layer takes them, until there are other people', () => {
  const { source, become, tell } = open();
  become('open', three);
  const { lngLat } = source.columns();
  const versions = [source.version()];
  tell(frameOf({ numbering: 7, ages: [0, null, 0] }));
  versions.push(source.version());
  // Another numbering than the room's: other people, not drawn in these places.
  tell(frameOf({ numbering: 8, ages: [0, 0, 0] }));
  versions.push(source.version());
  const before = [...lngLat];
  become('open', { directoryRevision: 8, count: 2 });
  expect([
    source.columns().lngLat === lngLat,
    before,
    versions.map((version) => version - versions[0]!),
    [...source.columns().lngLat],
  ]).toEqual([false, [108, 33, 0, 0, 110, 33], [0, 1, 1], [0, 0, 0, 0]]);
});

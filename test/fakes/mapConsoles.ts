import { createStore } from 'zustand/vanilla';
import type { SharedMapLook } from '#contract/map/index.ts';
import { granted, type LngLat, type RegionId, WindowId } from '#contract/values/index.ts';
import type { MapMemory } from '#main/map/index.ts';
import type { MapView } from '#renderer/map/engine/mapView.ts';
import { emptyMapState, type MapState } from '#renderer/map/mapState.ts';
import { createMapSelection } from '#renderer/map/selection/mapSelection.ts';
import { selectionKey, sharedSelection } from '#renderer/map/selection/sharedSelection.ts';
import { type SharingPorts, shareLook } from '#renderer/map/shareLook.ts';
import type { FakeTime } from './fakeTime.ts';

/** What people do at a console's map. */
export type MapDeed =
  | { readonly kind: 'move'; readonly zoom: number }
  | { readonly kind: 'choose'; readonly regionId: string }
  | { readonly kind: 'circle'; readonly radiusM: number }
  | { readonly kind: 'clear' }
  | { readonly kind: 'layer' }
  | { readonly kind: 'follow'; readonly following: 'live' | 'own' };

type Window = ReturnType<typeof openWindow>;

// As long as the engine glides; half way it tells that it moves.
const glideMs = 120;

/** Windows of one desk whose maps look at the same: the product's own sharing on both sides, with a slow bridge between and maps that only know where they look. */
export function openMapWindows({
  time,
  memory,
  kinds,
  lateMs,
  marks = 'told',
}: {
  time: FakeTime;
  memory: Pick<MapMemory, 'look'>;
  kinds: readonly SharingPorts['interactive'][];
  /** How long a word takes between a window and main; in order all the same. */
  lateMs: readonly number[];
  /** `none`: moves that were told look like those of a hand, as a negative control. */
  marks?: 'told' | 'none';
}) {
  let said: SharedMapLook | null = null;
  const windows: Window[] = [];
  const hear = (look: SharedMapLook) => {
    said = look;
    for (const window of windows) time.timers.afterMs(window.lateMs, () => window.tell(look));
  };
  for (const [index, interactive] of kinds.entries()) {
    const windowId = WindowId.parse(`w${index}`);
    const ask = (look: Parameters<MapMemory['look']>[0]) => {
      const taken = memory.look(look, windowId);
      if (taken !== null) hear(taken);
    };
    windows.push(openWindow({ time, windowId, interactive, marks, ask, lateMs: lateMs[index] ?? 0 }));
  }
  return { windows, said: () => said };
}

type Opening = {
  readonly time: FakeTime;
  readonly windowId: WindowId;
  readonly interactive: SharingPorts['interactive'];
  readonly marks: 'told' | 'none';
  readonly lateMs: number;
  readonly ask: (look: Parameters<MapMemory['look']>[0]) => void;
};

function openWindow({ time, windowId, interactive, marks, lateMs, ask }: Opening) {
  const { timers } = time;
  const store = createStore<MapState>(() => ({ ...emptyMapState, level: 'county' }));
  const selection = createMapSelection({ timers, things: () => null, onThings: () => () => {}, placeOf: () => null });
  const room = createStore(() => ({ mapLook: undefined as SharedMapLook | undefined, window: { windowId } }));
  const engine = createFakeMap(time, marks);
  let calls = 0;
  const close = shareLook({
    ...{ timers, store, selection, interactive, engine: engine.map, onSize: () => () => {} },
    room: {
      store: room,
      ask: async (_: string, look: Parameters<MapMemory['look']>[0]) => {
        calls += 1;
        await new Promise<void>((resolve) => timers.afterMs(lateMs, resolve));
        ask(look);
        await new Promise<void>((resolve) => timers.afterMs(lateMs, resolve));
        return granted(null);
      },
    } as unknown as SharingPorts['room'],
  });
  return {
    ...{ lateMs, store, selection, close },
    tell: (mapLook: SharedMapLook) => room.setState({ mapLook }),
    calls: () => calls,
    /** How often another map's word moved this one. */
    toldMoves: () => engine.toldMoves(),
    shows: () => ({
      view: engine.map.view(),
      chosen: store.getState().chosen,
      cameras: store.getState().shown.cameras,
      selection: selectionKey(sharedSelection(selection.store.getState())),
    }),
    do: (deed: MapDeed) => {
      switch (deed.kind) {
        case 'move':
          return engine.drag({ ...engine.map.view(), zoom: deed.zoom });
        case 'choose':
          return store.setState({ chosen: { kind: 'region', regionId: deed.regionId as RegionId } });
        case 'circle':
          return selection.drawCircle({ at: [108, 33] as LngLat, radiusM: deed.radiusM });
        case 'clear':
          return selection.clear();
        case 'layer':
          return store.setState(({ shown }) => ({ shown: { ...shown, cameras: !shown.cameras } }));
        case 'follow':
          return store.setState({ following: deed.following });
      }
    },
  };
}

function createFakeMap({ timers }: FakeTime, marks: 'told' | 'none') {
  let view: MapView = { center: [108, 33], zoom: 9, pitch: 48, bearing: 0 };
  let toldMoves = 0;
  let stopGlide = () => {};
  const listeners = new Set<(by: 'own' | 'told') => void>();
  const look = (next: MapView, by: 'own' | 'told') => {
    view = next;
    for (const listener of listeners) listener(marks === 'told' ? by : 'own');
  };
  const map: SharingPorts['engine'] = {
    element: { clientWidth: 900, clientHeight: 600 } as HTMLElement,
    view: () => view,
    show: () => {},
    choose: () => {},
    setView: (next, how) => {
      stopGlide();
      toldMoves += 1;
      if (how === 'jump') return look(next, 'told');
      const halfway = { ...next, zoom: (view.zoom + next.zoom) / 2 };
      const stops = [timers.afterMs(glideMs / 2, () => look(halfway, 'told')), timers.afterMs(glideMs, () => look(next, 'told'))];
      stopGlide = () => stops.forEach((stop) => stop());
    },
    onView: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  return {
    map,
    toldMoves: () => toldMoves,
    /** A hand moves it: whatever it was told to do ends. */
    drag: (next: MapView) => {
      stopGlide();
      look(next, 'own');
    },
  };
}

import type { StoreApi } from 'zustand/vanilla';
import { type MapCamera, type MapLook, pinnedCamera, type SharedMapLook, zoomIn } from '#contract/map/index.ts';
import type { Timers } from '#contract/values/index.ts';
import type { RoomAccess } from '../room/index.ts';
import type { MapEngine, MapThing } from './engine/index.ts';
import { layerNames, type MapState } from './mapState.ts';

// Ten looks a second are as many as a follower can glide between.
const shareMs = 100;
// A look that was taken over comes to rest within this time; until then it is not one's own.
const restMs = 250;

/** What joins a window's map to the other maps of its desk. */
export type SharingPorts = {
  readonly room: Pick<RoomAccess, 'store' | 'ask'>;
  readonly timers: Timers;
  readonly store: StoreApi<MapState>;
  readonly engine: Pick<MapEngine, 'element' | 'view' | 'setView' | 'onView' | 'show' | 'choose'>;
  /** A console tells where its map looks; a wall only follows. */
  readonly interactive: 'moves' | 'fixed';
};

/**
 * Tells main where this map looks while it is live, at most ten times a second and the newest last, and looks where the others of the desk do.
 * `store.following` says which: `live`, or `own` (it goes its own way and nobody follows it), or the place that a tile is pinned to.
 */
export function shareLook({ room, timers, store, engine, interactive }: SharingPorts): () => void {
  let cancelSend: (() => void) | null = null;
  let cancelRest: (() => void) | null = null;
  let isDirty = false;
  const shared = () => room.store.getState()?.mapLook ?? null;
  const isLive = () => store.getState().following === 'live';
  const send = () => {
    cancelSend = null;
    if (!isDirty) return;
    isDirty = false;
    void room.ask('shareMap', lookNow({ engine, store }));
    cancelSend = timers.afterMs(shareMs, send);
  };
  // Before the territory was seen the map looks nowhere that anybody chose.
  const changed = () => {
    if (interactive === 'fixed' || !isLive() || cancelRest !== null || store.getState().level === null) return;
    isDirty = true;
    if (cancelSend === null) send();
  };
  const take = (how: 'glide' | 'jump') => {
    const { following, level } = store.getState();
    const look = shared();
    const camera = typeof following === 'object' ? following : isLive() ? look?.camera : undefined;
    if (camera === undefined || level === null) return;
    cancelRest?.();
    cancelRest = timers.afterMs(restMs, () => {
      cancelRest = null;
    });
    engine.setView({ ...camera, zoom: zoomIn(camera, sizeOf(engine)) }, how);
    if (look !== null) takeParts(look, { store, engine });
  };
  const isOther = (look: SharedMapLook | undefined) => look !== undefined && look.by !== room.store.getState()?.window.windowId;
  const stops = [
    engine.onView(changed),
    room.store.subscribe((now, before) => now?.mapLook !== before?.mapLook && isOther(now?.mapLook) && take('glide')),
    store.subscribe((now, before) => {
      if (now.level !== null && before.level === null) take('jump');
      else if (now.following !== before.following) take('jump');
      else if (now.shown !== before.shown || now.chosen !== before.chosen) changed();
    }),
  ];
  // A tile of another size shows the same land.
  const observer = new ResizeObserver(() => interactive === 'fixed' && take('jump'));
  observer.observe(engine.element);
  take('jump');
  return () => {
    observer.disconnect();
    cancelSend?.();
    cancelRest?.();
    for (const stop of stops) stop();
  };
}

/** The camera that a map tile is pinned to, or that it follows the console. */
export function followingOf(content: Readonly<Record<string, unknown>>): MapState['following'] {
  return pinnedCamera(content) ?? 'live';
}

/** Where the map looks now, with the size that it is seen in. */
export function cameraNow(engine: Pick<MapEngine, 'element' | 'view'>): MapCamera {
  const { center, ...view } = engine.view();
  return { ...view, center: [center[0], center[1]], ...sizeOf(engine) };
}

function sizeOf({ element }: Pick<MapEngine, 'element'>): { readonly widthPx: number; readonly heightPx: number } {
  return { widthPx: Math.max(1, element.clientWidth), heightPx: Math.max(1, element.clientHeight) };
}

function lookNow({ engine, store }: Pick<SharingPorts, 'engine' | 'store'>): MapLook {
  const { shown, chosen } = store.getState();
  return { camera: cameraNow(engine), layers: { ...shown }, chosen: chosen === null || chosen.kind === 'group' ? null : chosen };
}

function takeParts({ layers, chosen }: SharedMapLook, { store, engine }: Pick<SharingPorts, 'store' | 'engine'>): void {
  const { shown: before, chosen: own } = store.getState();
  const shown = { ...before };
  for (const name of layerNames) {
    const wanted = layers[name];
    if (wanted === undefined || wanted === before[name]) continue;
    shown[name] = wanted;
    engine.show(name, wanted ? 'shown' : 'hidden');
  }
  const thing: MapThing | null = chosen;
  if (JSON.stringify(own) === JSON.stringify(thing) && JSON.stringify(shown) === JSON.stringify(before)) return;
  engine.choose(thing);
  store.setState({ shown, chosen: thing });
}

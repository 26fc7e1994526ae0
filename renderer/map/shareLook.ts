import type { StoreApi } from 'zustand/vanilla';
import { type MapCamera, type MapLook, pinnedLook, type SharedMapLook, zoomIn } from '#contract/map/index.ts';
import type { Timers } from '#contract/values/index.ts';
import type { RoomAccess } from '../room/index.ts';
import type { MapEngine, MapThing } from './engine/index.ts';
import { layerNames, type MapState } from './mapState.ts';
import { isSameView } from './sameView.ts';
import { type MapSelection, selectionKey, sharedSelection } from './selection/index.ts';

// Ten looks a second are as many as a follower can glide between.
const shareMs = 100;
// A hand that pauses for less is still moving the map: what others say waits for it.
const handMs = 400;
// Without a line to main there is nobody to follow: what was moved meanwhile is said when it is back.
const againMs = 1_000;

/** What joins a window's map to the other maps of its desk. */
export type SharingPorts = {
  readonly room: Pick<RoomAccess, 'store' | 'ask'>;
  readonly timers: Timers;
  readonly store: StoreApi<MapState>;
  readonly selection: Pick<MapSelection, 'store' | 'take'>;
  readonly engine: Pick<MapEngine, 'element' | 'view' | 'setView' | 'onView' | 'show' | 'choose'>;
  /** Told when the map has another size. Returns the unsubscriber. */
  readonly onSize: (listener: () => void) => () => void;
  /** A console tells where its map looks; a wall only follows. */
  readonly interactive: 'moves' | 'fixed';
};

/**
 * Tells main where this map looks while it is live, at most ten times a second and the newest last, and looks where main says that the desk's
 * maps do. `store.following` says which: `live`, or `own` (it goes its own way and nobody follows it), or what a tile is pinned to. What was
 * taken over is never said again; while somebody's hand is on this map nothing is taken over, and when it rests the map goes to what main has.
 */
export function shareLook(ports: SharingPorts): () => void {
  const { room, timers, store, selection, engine, onSize, interactive } = ports;
  let cancelSend: (() => void) | null = null;
  let cancelHand: (() => void) | null = null;
  let unanswered = 0;
  let isDirty = false;
  let isTaking = false;
  let agreed = partsKey(ports);
  let seen = JSON.stringify(engine.view());
  const shared = () => room.store.getState()?.mapLook ?? null;
  const isLive = () => store.getState().following === 'live';
  const isMine = () => shared()?.by === room.store.getState()?.window.windowId;
  const send = async () => {
    cancelSend = null;
    if (!isDirty) return;
    isDirty = false;
    unanswered += 1;
    cancelSend = timers.afterMs(shareMs, () => void send());
    const answer = await room.ask('shareMap', lookNow(ports));
    unanswered -= 1;
    if (answer.ok || !isLive()) return;
    isDirty = true;
    cancelSend?.();
    cancelSend = timers.afterMs(againMs, () => void send());
  };
  const hold = () => {
    cancelHand?.();
    cancelHand = timers.afterMs(handMs, rest);
  };
  const rest = () => {
    cancelHand = null;
    if (isDirty || unanswered > 0) return hold();
    store.setState({ isLed: false });
    take('glide');
  };
  // Before the territory was seen the map looks nowhere that anybody chose.
  const say = () => {
    if (interactive === 'fixed' || !isLive() || store.getState().level === null) return;
    isDirty = true;
    hold();
    if (cancelSend === null) void send();
  };
  const sayParts = () => {
    const key = partsKey(ports);
    if (isTaking || key === agreed) return;
    agreed = key;
    say();
  };
  const take = (how: 'glide' | 'jump') => {
    const { following, level } = store.getState();
    const look = shared();
    const wanted = typeof following === 'object' ? following : isLive() ? look : null;
    if (wanted === null || level === null) return;
    isTaking = true;
    takeCamera(wanted.camera, { engine, how });
    if (wanted.layers !== null) takeLayers(wanted.layers, ports);
    // What is pinned shows a place, not what somebody is at just now.
    takeChosen(typeof following === 'object' ? { chosen: null } : (look ?? { chosen: null }), ports);
    isTaking = false;
    agreed = partsKey(ports);
  };
  // Nobody waits for a hand that has let go of what is shared.
  const letGo = () => {
    cancelHand?.();
    cancelHand = null;
    isDirty = false;
    if (store.getState().isLed) store.setState({ isLed: false });
  };
  const toldByMain = () => {
    if (cancelHand === null) take('glide');
    else if (isLive() && !isMine()) store.setState({ isLed: true });
  };
  const stops = [
    engine.onView((by) => {
      const view = JSON.stringify(engine.view());
      if (view === seen) return;
      seen = view;
      if (by === 'own') say();
    }),
    room.store.subscribe((now, before) => now?.mapLook !== before?.mapLook && toldByMain()),
    store.subscribe((now, before) => {
      if (now.level !== null && before.level === null) take('jump');
      else if (now.following !== before.following) {
        letGo();
        // Nobody has said yet where the desk's maps look: this one does.
        if (isLive() && shared() === null) say();
        else take('jump');
      } else sayParts();
    }),
    selection.store.subscribe(sayParts),
    // A map of another size shows the same land; that of whoever leads says how much it shows now.
    onSize(() => (interactive === 'moves' && isMine() ? say() : cancelHand === null && take('jump'))),
  ];
  take('jump');
  return () => {
    cancelSend?.();
    cancelHand?.();
    for (const stop of stops) stop();
  };
}

/** What a map tile is pinned to, or that it follows the console. */
export function followingOf(content: Readonly<Record<string, unknown>>): MapState['following'] {
  return pinnedLook(content) ?? 'live';
}

/** How the map looks now: where, with the size that it is seen in, and which layers. */
export function pinNow({ engine, store }: Pick<SharingPorts, 'store'> & { engine: Pick<MapEngine, 'element' | 'view'> }) {
  return { camera: cameraNow(engine), layers: { ...store.getState().shown } };
}

function cameraNow(engine: Pick<MapEngine, 'element' | 'view'>): MapCamera {
  const { center, ...view } = engine.view();
  return { ...view, center: [center[0], center[1]], ...sizeOf(engine) };
}

function sizeOf({ element }: Pick<MapEngine, 'element'>): { readonly widthPx: number; readonly heightPx: number } {
  return { widthPx: Math.max(1, element.clientWidth), heightPx: Math.max(1, element.clientHeight) };
}

function lookNow({ engine, store, selection }: Pick<SharingPorts, 'engine' | 'store' | 'selection'>): MapLook {
  const { chosen } = store.getState();
  return {
    ...pinNow({ engine, store }),
    chosen: chosen === null || chosen.kind === 'group' ? null : chosen,
    selection: sharedSelection(selection.store.getState()),
  };
}

/** What is said beside the camera, as one text; a person's circle that goes with him is no other circle. */
function partsKey({ store, selection }: Pick<SharingPorts, 'store' | 'selection'>): string {
  const { shown, chosen } = store.getState();
  return JSON.stringify([shown, chosen?.kind === 'group' ? null : chosen, selectionKey(sharedSelection(selection.store.getState()))]);
}

function takeCamera(camera: MapCamera, { engine, how }: { engine: SharingPorts['engine']; how: 'glide' | 'jump' }): void {
  const { center, pitch, bearing } = camera;
  const wanted = { center, zoom: zoomIn(camera, sizeOf(engine)), pitch, bearing };
  // Told again what it shows already, a map that rests goes on resting.
  if (!isSameView(wanted, engine.view())) engine.setView(wanted, how);
}

function takeLayers(layers: SharedMapLook['layers'], { store, engine }: Pick<SharingPorts, 'store' | 'engine'>): void {
  const { shown: before } = store.getState();
  const changed = layerNames.filter((name) => layers[name] !== undefined && layers[name] !== before[name]);
  if (changed.length === 0) return;
  for (const name of changed) engine.show(name, layers[name] === true ? 'shown' : 'hidden');
  store.setState({ shown: { ...before, ...Object.fromEntries(changed.map((name) => [name, layers[name] === true])) } });
}

function takeChosen(
  look: Pick<SharedMapLook, 'chosen' | 'selection'>,
  { store, engine, selection }: Pick<SharingPorts, 'store' | 'engine' | 'selection'>,
): void {
  const thing: MapThing | null = look.chosen;
  if (JSON.stringify(store.getState().chosen) !== JSON.stringify(thing)) {
    engine.choose(thing);
    store.setState({ chosen: thing });
  }
  selection.take(look.selection ?? null);
}

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Purpose } from '#contract/cameras/index.ts';
import type { Center } from '#contract/directory/index.ts';
import { positionAt } from '#contract/responders/index.ts';
import type { CameraId, LngLat, Randomness, RegionId, Timers } from '#contract/values/index.ts';
import type { DirectoryStore, Roster } from '../directory/index.ts';
import type { PositionSource } from '../responders/index.ts';
import type { RoomAccess } from '../room/index.ts';
import type { MapEngine, MapLayerName, MapPart, MapThing } from './engine/index.ts';
import { boundsOfRings } from './boundsOfRings.ts';
import type { FedEngine } from './feedEngine.ts';
import { emptyMapState, type MapState } from './mapState.ts';
import { keepOneTool } from './oneTool.ts';
import { type KnownThings, placeOfThing, regionOfThing } from './thingPlaces.ts';
import { adviseDesk, type MapAdvice } from './advice/index.ts';
import {
  type AuthorNames,
  createAuthorNames,
  createDrawingTools,
  createRefusedDrawings,
  type DrawingTools,
  type RefusedDrawings,
} from './drawings/index.ts';
import { contentsOf, createMapSelection, type MapSelection, type SelectableThings } from './selection/index.ts';
import { stepThing, thingsInTurn } from './stepThings.ts';

/** The map of a window: one engine, whoever shows it. */
export type MapDesk = {
  readonly store: StoreApi<MapState>;
  /** Shows the map in this element; null when it is shown somewhere else in this window already. Returns the way to take it away. */
  mount(host: HTMLElement): (() => void) | null;
  /** The territory, as the map shows it. */
  directory(): DirectoryStore;
  /** Null until the engine's code is there. */
  engine(): MapEngine | null;
  /** Who stands behind the numbers; null until they are known. */
  roster(): Roster | null;
  /** The centers of the territory; none until they are known. */
  centers(): readonly Center[];
  choose(thing: MapThing | null): void;
  /** The part of the map that is chosen, and what lies in it. */
  readonly selection: MapSelection;
  /** Who and which cameras are near what is chosen. */
  readonly advice: MapAdvice;
  /** Goes its own way, back to live, or to where a tile is pinned. */
  follow(following: MapState['following']): void;
  /** Shows this part of one map over several displays; null = a map of its own. */
  showPart(part: MapPart | null): void;
  /** What one draws on the map with. */
  readonly drawing: DrawingTools;
  /** What of it the platform did not take. */
  readonly refusedDrawings: RefusedDrawings;
  /** Who drew what others drew. */
  readonly authorNames: AuthorNames;
  /** Where a thing is now; null where nobody knows. */
  placeOf(thing: MapThing): LngLat | null;
  /** A region's outline; null where it has none or it is not here yet. */
  ringsOf(regionId: RegionId): readonly (readonly LngLat[])[] | null;
  /** The smallest region that a thing belongs to; null where that is not known. */
  regionOf(thing: MapThing): RegionId | null;
  /** Makes signs and names larger, for a map that is read from afar. */
  enlarge(scale: number): void;
  /** Chooses the next thing in view, or the one before, and so around. */
  step(to: 'next' | 'before'): void;
  /** Goes to a place and chooses what is there. */
  showThing(thing: MapThing): void;
  /** Goes into a region; null = out to the whole territory. */
  enter(regionId: RegionId | null): void;
  /** Goes one level out. */
  leave(): void;
  /** Goes to where a camera stands. */
  showCamera(cameraId: CameraId): void;
  toggle(name: MapLayerName): void;
};

export type MapDeskPorts = {
  readonly room: Pick<RoomAccess, 'store' | 'ask' | 'canAsk' | 'platformNow' | 'onSettled'>;
  readonly timers: Timers;
  readonly randomness: Randomness;
  /** Asked for when the first map is shown; windows that have none hold no directory. */
  readonly directory: () => DirectoryStore;
  /** Where everybody is; asked for with the directory. */
  readonly positions: () => PositionSource;
  readonly page: Document;
  readonly fetcher: typeof fetch;
  /** Why the person at this window looks at things; null = a window at which nobody asks for anything. */
  readonly purpose: (() => Purpose) | null;
  readonly interactive: 'moves' | 'fixed';
};

// A tile that is moved to another cell is taken away and shown again: its context is worth keeping for that long.
const keepMs = 3_000;
// About the width of a street's junction, in degrees.
const aroundCamera = 0.004;

/** Makes the desk; nothing is loaded before the first mount. */
export function createMapDesk(ports: MapDeskPorts): MapDesk {
  const store = createStore<MapState>(() => emptyMapState);
  let fed: FedEngine | null = null;
  let isOpening = false;
  let host: HTMLElement | null = null;
  let cancelClose = () => {};
  let part: MapPart | null = null;

  const open = async () => {
    isOpening = true;
    try {
      const { feedEngine } = await import('./feedEngine.ts');
      if (host !== null) {
        fed = feedEngine({ ...ports, store, selection });
        fed.engine.onClick(click);
        if (part !== null) fed.engine.setPart(part);
      }
    } catch (error) {
      store.setState({ engine: whyNone(error, ports) });
    }
    isOpening = false;
    if (host === null) close();
    else attach();
  };
  const attach = () => {
    if (fed === null || host === null) return;
    host.append(fed.engine.element);
    fed.engine.fit();
  };
  const close = () => {
    fed?.close();
    fed = null;
    store.setState({
      ...emptyMapState,
      shown: store.getState().shown,
      scale: store.getState().scale,
      following: store.getState().following,
    });
  };
  const choose = (chosen: MapThing | null) => {
    store.setState({ chosen });
    fed?.engine.choose(chosen);
  };
  // A group opens itself; a second click on the same region goes into it.
  const click = (thing: MapThing | null) => {
    const { chosen, focus } = store.getState();
    if (thing?.kind === 'group') {
      const [lng, lat] = thing.place;
      fed?.engine.lookAround([lng, lat]);
      return;
    }
    const isSame = thing?.kind === 'region' && chosen?.kind === 'region' && thing.regionId === chosen.regionId;
    if (isSame && focus !== thing.regionId) enter(thing.regionId);
    else choose(thing);
  };
  const enter = (regionId: RegionId | null) => {
    const polygons = fed?.rows.getState()?.polygons ?? [];
    const bounds = boundsOfRings(regionId === null ? polygons : polygons.filter((polygon) => polygon.regionId === regionId));
    store.setState({ focus: regionId });
    if (bounds !== null) fed?.engine.lookAt(bounds, 'fly');
    choose(regionId === null ? null : { kind: 'region', regionId });
  };

  const ringsOf = (regionId: RegionId) => fed?.rows.getState()?.polygons.find((polygon) => polygon.regionId === regionId)?.rings ?? null;
  const known = knownThings(ports, () => fed);
  const placeOf = (thing: MapThing) => placeOfThing(thing, known);
  const regionOf = (thing: MapThing) => regionOfThing(thing, known);
  const things = (): SelectableThings | null => {
    const copy = ports.directory().getState();
    if (copy === null) return null;
    return {
      ...{ cameras: copy.cameras.values(), regions: copy.regions.values(), parents: copy.tree.parents, ringsOf },
      centers: fed?.rows.getState()?.centers ?? [],
      incidents: ports.room.store.getState()?.incidents?.values() ?? [],
      positions: ports.positions().columns(),
    };
  };
  const selection = createMapSelection({
    timers: ports.timers,
    placeOf,
    things,
    onThings: (listener) => {
      const stops = [
        ports.directory().subscribe(listener),
        ports.positions().onChange(listener),
        ports.room.store.subscribe((now, before) => now?.incidents !== before?.incidents && listener()),
      ];
      return () => stops.forEach((stop) => stop());
    },
  });
  const drawing = drawingOf(ports, ringsOf);
  keepOneTool({ selection, drawing });
  const showThing = (thing: MapThing) => {
    const place = placeOf(thing);
    if (place === null) return;
    const [lng, lat] = place;
    fed?.engine.lookAt([lng - aroundCamera, lat - aroundCamera, lng + aroundCamera, lat + aroundCamera], 'fly');
    choose(thing);
  };

  const step = (to: 'next' | 'before') => {
    const known = things();
    const ring = fed === null ? null : ringOfView(fed.engine);
    if (known === null || ring === null) return;
    const { shown, chosen } = store.getState();
    const incidents = ports.room.store.getState()?.incidents ?? new Map();
    const inTurn = thingsInTurn(contentsOf({ kind: 'lasso', ring }, known), { shown, incidents, nowMs: ports.room.platformNow() });
    choose(stepThing(inTurn, { chosen, to }));
  };

  const advice = adviseDesk(ports, { store, selection, placeOf });

  return {
    store,
    ...{ advice, selection, placeOf, ringsOf, step, showThing, regionOf, drawing },
    ...{ refusedDrawings: refusedOf(ports, drawing), authorNames: createAuthorNames(ports) },
    mount: (next) => {
      if (host !== null) return null;
      host = next;
      cancelClose();
      const observer = new ResizeObserver(() => fed?.engine.fit());
      observer.observe(next);
      if (fed !== null) attach();
      else if (!isOpening) void open();
      return () => {
        observer.disconnect();
        host = null;
        fed?.engine.element.remove();
        cancelClose = ports.timers.afterMs(keepMs, close);
      };
    },
    follow: (following) => store.setState({ following }),
    enlarge: (scale) => store.setState({ scale: Math.max(1, scale) }),
    showPart: (next) => {
      if (JSON.stringify(next) === JSON.stringify(part)) return;
      part = next;
      fed?.engine.setPart(next);
    },
    directory: ports.directory,
    engine: () => fed?.engine ?? null,
    centers: () => fed?.rows.getState()?.centers ?? [],
    roster: () => fed?.roster.getState() ?? null,
    choose,
    enter,
    leave: () => {
      const { focus } = store.getState();
      if (focus !== null) enter(ports.directory().getState()?.tree.parents.get(focus) ?? null);
    },
    showCamera: (cameraId) => showThing({ kind: 'camera', cameraId }),
    toggle: (name) => {
      const shown = { ...store.getState().shown, [name]: !store.getState().shown[name] };
      store.setState({ shown });
      fed?.engine.show(name, shown[name] ? 'shown' : 'hidden');
    },
  };
}

/** Whether a browser can draw is asked only when no map opened: each graphics context counts. */
function whyNone(error: unknown, { page }: Pick<MapDeskPorts, 'page'>): 'failed' | 'undrawable' {
  if (page.createElement('canvas').getContext('webgl2') === null) return 'undrawable';
  reportError(error);
  return 'failed';
}

function knownThings({ directory, room, positions }: MapDeskPorts, fed: () => FedEngine | null): KnownThings {
  return {
    directory: () => directory().getState(),
    incident: (id) => room.store.getState()?.incidents?.get(id),
    center: (id) =>
      fed()
        ?.rows.getState()
        ?.centers.find((center) => center.id === id),
    responder: (index) => fed()?.roster.getState()?.responders[index],
    position: (index) => positionAt(positions().columns(), index),
  };
}

function refusedOf({ room }: MapDeskPorts, drawing: DrawingTools): RefusedDrawings {
  return createRefusedDrawings({
    waiting: () => room.store.getState()?.waiting.own ?? [],
    onWaiting: (listener) => room.store.subscribe((now, before) => now?.waiting !== before?.waiting && listener()),
    onSettled: room.onSettled,
    drawAgain: drawing.again,
  });
}

/** The corners of what is seen, on the ground. */
function ringOfView({ element, placeAt }: MapEngine): LngLat[] {
  const { clientWidth: right, clientHeight: low } = element;
  const corners = [
    [0, 0],
    [right, 0],
    [right, low],
    [0, low],
  ] as const;
  return corners.map(([x, y]) => {
    const [lng, lat] = placeAt({ x, y });
    return [lng, lat];
  });
}

function drawingOf({ room, directory }: MapDeskPorts, ringsOf: MapDesk['ringsOf']): DrawingTools {
  return createDrawingTools({
    ask: (command) => room.ask('commandMap', command),
    directory: () => directory().getState(),
    ringsOf,
    newId: () => crypto.randomUUID(),
  });
}

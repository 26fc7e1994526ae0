import type { StoreApi } from 'zustand/vanilla';
import type { RegionLevel } from '#contract/directory/index.ts';
import type { RegionId } from '#contract/values/index.ts';
import { type DirectoryCopy, keepMapRows, keepRoster, type MapRowsStore, type Roster } from '../directory/index.ts';
import { cameraSeverity } from './cameraSeverity.ts';
import {
  type AreaOutline,
  createGovernor,
  fullDetail,
  type Label,
  type MapEngine,
  openMapEngine,
  readColors,
  timeFrames,
} from './engine/index.ts';
import { followCenters } from './followCenters.ts';
import { followLoads } from './followLoads.ts';
import { followLook } from './followLook.ts';
import type { MapDeskPorts } from './mapDesk.ts';
import { layerNames, type MapState } from './mapState.ts';
import { boundsOfRings } from './boundsOfRings.ts';
import { isSameView } from './sameView.ts';
import type { MapSelection } from './selection/index.ts';
import { shareLook } from './shareLook.ts';
import { regionLabels } from './regionLabels.ts';

/** An engine that is told everything it draws. */
export type FedEngine = {
  readonly engine: MapEngine;
  readonly rows: MapRowsStore;
  readonly roster: StoreApi<Roster | null>;
  close(): void;
};

type Feeding = MapDeskPorts & { readonly store: StoreApi<MapState>; readonly selection: MapSelection };

// Where one looks before the directory is there: China's middle, from far.
const firstView = { center: [108, 33], zoom: 8, pitch: 48, bearing: -12 } as const;

/** Opens an engine and leads to it what the window knows: directory, conditions, positions, theme and language, as they change. */
export function feedEngine(feeding: Feeding): FedEngine {
  const { room, timers, page, store, interactive } = feeding;
  const positions = feeding.positions();
  const closers = new DisposableStack();
  const own = <Closer extends () => void>(closer: Closer) => closers.defer(closer);
  const directory = feeding.directory();
  const engine = openMapEngine({
    ...{ page, timers, interactive, view: firstView },
    style: { version: 8, sources: {}, layers: [] },
    colors: readColors(page.documentElement),
    nowMs: room.platformNow(),
  });
  own(() => engine.close());
  const rows = keepMapRows({ room, timers });
  own(rows.stop);
  const roster = keepRoster({ room, timers });
  own(roster.stop);
  const look = followLook({ ...feeding, engine });
  own(look.stop);

  const tellLabels = () => engine.setLabels(labelsNow({ directory: directory.getState(), store, language: look.language() }));
  const loads = followLoads({ ...feeding, ...{ engine, directory, positions }, rows: rows.store, roster: roster.store });
  own(loads.stop);
  const tellLoads = loads.tell;
  const centers = followCenters({ engine, rows: rows.store });
  own(centers.stop);
  const tellOutlines = () => {
    const [copy, drawn] = [directory.getState(), rows.store.getState()];
    if (copy === null || drawn === null) return;
    const isFirst = store.getState().level === null;
    engine.setOutlines(outlinesByLevel({ copy, polygons: drawn.polygons }));
    const bounds = boundsOfRings(drawn.polygons);
    if (isFirst && bounds !== null) engine.lookAt(bounds, 'jump');
    store.setState({ refused: engine.refusedOutlines(), level: engine.level() });
    centers.tell();
    tellLoads();
    tellLabels();
  };
  const tellCameras = () => {
    const copy = directory.getState();
    if (copy !== null) engine.setCameras([...copy.cameras.values()]);
  };
  const tellSeverities = () => {
    const [copy, conditions] = [directory.getState(), room.store.getState()?.cameras];
    engine.setSeverities((id) => cameraSeverity(copy?.cameras.get(id) ?? { streams: [] }, conditions?.get(id)));
  };
  // Nobody sees a hidden window: it is told when it is seen again.
  const tellPositions = () => {
    if (page.hidden) return;
    engine.setPositions(positions.columns());
    engine.setNow(room.platformNow());
  };
  own(
    directory.subscribe(() => {
      tellCameras();
      tellSeverities();
      tellOutlines();
    }),
  );
  own(rows.store.subscribe(tellOutlines));
  own(room.store.subscribe((now, before) => now?.cameras !== before?.cameras && tellSeverities()));
  own(positions.onChange(tellPositions));
  own(whenSeen(page, tellPositions));
  own(govern({ engine, page, timers, store }));
  own(look.onChange(tellLabels));
  own(
    engine.onView(() => {
      const level = engine.level();
      if (level === store.getState().level) return;
      store.setState({ level });
      tellLoads();
      tellLabels();
    }),
  );
  for (const name of layerNames) engine.show(name, store.getState().shown[name] ? 'shown' : 'hidden');
  tellCameras();
  tellSeverities();
  tellOutlines();
  tellPositions();
  own(shareLook({ room, timers, store, engine, interactive, selection: feeding.selection, onSize: onSizeOf(engine.element) }));
  store.setState({ engine: 'open' });
  return { engine, rows: rows.store, roster: roster.store, close: () => closers.dispose() };
}

function labelsNow({
  directory,
  store,
  language,
}: {
  directory: DirectoryCopy | null;
  store: StoreApi<MapState>;
  language: 'zh' | 'en';
}): readonly Label[] {
  const { pack, level } = store.getState();
  return directory === null ? [] : regionLabels({ regions: directory.regions.values(), hasPack: pack === 'drawn', level, language });
}

function outlinesByLevel({
  copy,
  polygons,
}: {
  copy: DirectoryCopy;
  polygons: readonly { regionId: RegionId; rings: AreaOutline['rings'] }[];
}): ReadonlyMap<RegionLevel, readonly AreaOutline[]> {
  const known = polygons.flatMap((polygon) => {
    const level = copy.regions.get(polygon.regionId)?.level;
    return level === undefined ? [] : [{ level, outline: polygon }];
  });
  return new Map(
    [...Map.groupBy(known, ({ level }) => level)].map(([level, rows]) => [level, rows.map(({ outline }) => outline)] as const),
  );
}

function onSizeOf(element: HTMLElement): (listener: () => void) => () => void {
  return (listener) => {
    const observer = new ResizeObserver(listener);
    observer.observe(element);
    return () => observer.disconnect();
  };
}

function whenSeen(page: Document, run: () => void): () => void {
  page.addEventListener('visibilitychange', run);
  return () => page.removeEventListener('visibilitychange', run);
}

// Less than 30 frames a second is seen as stumbling.
const frameBudgetMs = 34;

function govern({ engine, page, timers, store }: Pick<Feeding, 'page' | 'timers' | 'store'> & { engine: MapEngine }): () => void {
  const closers = new DisposableStack();
  const elapsedMs = () => performance.now();
  let drawn = fullDetail;
  const governor = createGovernor({
    ...{ timers, elapsedMs },
    budgetMs: frameBudgetMs,
    onDetail: () => {
      const next = governor.detail();
      if (next !== drawn) engine.setDetail(next, page.defaultView?.devicePixelRatio ?? 1);
      drawn = next;
      store.setState({ detail: governor.detailAtRest() });
    },
  });
  closers.defer(governor.close);
  store.setState({ detail: fullDetail });
  // A map that gets another size, or other pixels, says that it moves as well.
  let seen = engine.view();
  closers.defer(
    engine.onView(() => {
      const view = engine.view();
      if (!isSameView(seen, view)) governor.moved();
      seen = view;
    }),
  );
  closers.defer(
    timeFrames({ onFrame: (listener) => engine.onFrame(listener), page: window, elapsedMs, tell: (tookMs) => governor.drawn(tookMs) }),
  );
  return () => closers.dispose();
}

import type { Layer } from '@deck.gl/core';
import type { Map as LibreMap, StyleSpecification } from 'maplibre-gl';
import type { RegionLevel } from '#contract/directory/index.ts';
import type { PositionColumns } from '#contract/responders/index.ts';
import type { CameraId, RegionId, Timers } from '#contract/values/index.ts';
import { type AssignmentLine, createAssignments } from './assignments.ts';
import { type AreaLevels, createAreaLevels } from './areaLevels.ts';
import type { AreaLoad, AreaOutline, RefusedOutline } from './areas.ts';
import { type CameraGroup, type CameraMarks, type CameraSeverity, createCameraMarks, type PlacedCamera } from './cameraMarks.ts';
import type { MapColors } from './colors.ts';
import type { MapDetail } from './governor.ts';
import type { FrameKind } from './keptLand.ts';
import { createLabels, type Label } from './labels.ts';
import { type MapCanvas, openMapCanvas } from './mapCanvas.ts';
import { type Bounds, boundsOf, isToldMove, lookAt, type MapView, setView, viewOf } from './mapView.ts';
import { movingOf } from './movingOf.ts';
import type { MapPart } from './partCanvas.ts';
import { showPart } from './partElement.ts';
import { createPointMarks, type PointMark } from './pointMarks.ts';
import { createResponders, type Responders } from './responders.ts';
import { createTrailLine } from './trailLayer.ts';
import { cameraAt, type HoveredCamera, type MapThing, thingAt } from './things.ts';

/** What can be switched on and off. */
export type MapLayerName = 'areas' | 'incidents' | 'responders' | 'cameras' | 'centers' | 'heat';

/** The map of one window: what it shows is told to it, and nothing of it passes through a component's state. */
export type MapEngine = {
  /** Is put wherever the map is to be seen; it may be moved. */
  readonly element: HTMLElement;
  setBasemap(style: StyleSpecification): void;
  /** Tiles of a source that did not come are asked for again, as far as they are seen. */
  askAgain(source: string, tiles: readonly { readonly z: number; readonly x: number; readonly y: number }[]): void;
  setColors(colors: MapColors): void;
  /** Factor on the sizes of signs and words and on the width of edges and lines; areas and the land keep theirs. */
  setScale(scale: number): void;
  setOutlines(outlines: ReadonlyMap<RegionLevel, readonly AreaOutline[]>): void;
  /** Outlines that are not drawn, with why. */
  refusedOutlines(): readonly RefusedOutline[];
  setLoads(loads: ReadonlyMap<RegionId, AreaLoad>): void;
  /** How much more than usual is open, 0 to 1 by region; the layer `heat` shows it in place of the load. Null = not known, and not drawn. */
  setHeat(heat: ReadonlyMap<RegionId, number> | null): void;
  /** Where the chosen responder was, oldest first; none = no trail. */
  setTrail(places: readonly (readonly [number, number])[]): void;
  /** Who was sent where; an arc each, while their incidents and they are shown. */
  setAssignments(lines: readonly AssignmentLine[]): void;
  setPositions(columns: PositionColumns): void;
  /** Platform time: ages move with it, and a frame is drawn for it only where somebody's age is seen. */
  setNow(nowMs: number): void;
  setCameras(cameras: readonly PlacedCamera[]): void;
  setSeverities(severityOf: (cameraId: CameraId) => CameraSeverity): void;
  setMarks(name: 'incidents' | 'centers', marks: readonly PointMark[]): void;
  setLabels(labels: readonly Label[]): void;
  show(name: MapLayerName, shown: 'shown' | 'hidden'): void;
  choose(thing: MapThing | null): void;
  /** Goes there; at once where `how` is 'jump'. */
  lookAt(bounds: Bounds, how: 'fly' | 'jump'): void;
  view(): MapView;
  /** Looks from there; `glide` takes as long as the next look of a map that is being moved takes to come. */
  setView(view: MapView, how: 'glide' | 'jump'): void;
  level(): RegionLevel | null;
  thingAt(point: { readonly x: number; readonly y: number }): MapThing | null;
  /** The place on the ground that is drawn at a point of the element; CSS pixels. */
  placeAt(point: { readonly x: number; readonly y: number }): readonly [number, number];
  /** Where a place is drawn, CSS pixels of the element; may lie outside it. */
  pointOf(place: readonly [number, number]): { readonly x: number; readonly y: number };
  /** The page moved or resized the element. */
  fit(): void;
  /** Draws less or all of it, on a display of so many device pixels per CSS pixel. */
  /** Shows this part of one picture that others show other parts of; null = a picture of its own. Of maps that nobody moves. */
  setPart(part: MapPart | null): void;
  setDetail(detail: MapDetail, fullRatio: number): void;
  /** The map looks elsewhere; `told` = by `setView`, `own` = by all else. */
  onView(listener: (by: 'own' | 'told') => void): () => void;
  onClick(listener: (thing: MapThing | null) => void): () => void;
  /** The camera under the pointer, looked at once a frame while it moves and nothing is dragged. */
  onHover(listener: (camera: HoveredCamera | null) => void): () => void;
  zoomBy(levels: number): void;
  /** Goes nearer to a place. */
  lookAround(place: readonly [number, number]): void;
  /** CSS pixels to the right and down. */
  panBy(pixels: readonly [number, number]): void;
  /** Draws a frame when nothing else would. */
  repaint(): void;
  /** Draws a frame now; its canvas can be read until this task ends. */
  drawNow(): HTMLCanvasElement;
  /** Resolves when all that was told is on the map: the land's tiles, the layers, the groups of cameras. */
  settled(): Promise<void>;
  /** Resolves when all that was told is drawn for the first time; what it looks like is final, but the map may not rest yet. */
  shown(): Promise<void>;
  /** A frame was drawn, the land with it or not. */
  onFrame(listener: (kind: FrameKind) => void): () => void;
  close(): void;
};

export type MapEngineOptions = {
  readonly page: Document;
  readonly style: StyleSpecification;
  readonly view: MapView;
  readonly colors: MapColors;
  readonly timers: Timers;
  readonly nowMs: number;
  readonly interactive: 'moves' | 'fixed';
  /** How often the graphics context was lost. */
  readonly onLost?: (times: number) => void;
};

/** Opens the engine: one graphics context until `close`. */
export function openMapEngine({ page, style, view, colors, timers, nowMs, interactive, onLost }: MapEngineOptions): MapEngine {
  const listeners = makeListeners();
  const labels = createLabels(page);
  const { element, ground } = makeElement(page, labels.element);
  const levels = createAreaLevels(colors);
  const responders = createResponders({ colors, nowMs });
  const trail = createTrailLine(colors);
  const assignments = createAssignments(colors);
  const marks = { incidents: createPointMarks({ name: 'incidents', colors }), centers: createPointMarks({ name: 'centers', colors }) };
  let ownLabels: readonly Label[] = [];
  const cameras = createCameraMarks({
    ...{ timers, colors },
    onLayers: () => canvas.remakeLayers(),
    onGroups: () => {
      showLabels();
      canvas.repaint('any');
    },
  });
  const showLabels = () => {
    labels.setLabels([...cameras.groups().map(labelOfGroup), ...ownLabels]);
    placeLabels();
  };
  const placeLabels = () => {
    const map = canvas.map();
    const { clientWidth: width, clientHeight: height } = element;
    labels.place({ project: ([lng, lat]) => map.project([lng, lat]), width, height });
  };
  const follow = (map: LibreMap, by: 'own' | 'told' = 'own') => {
    const { lat: latitude } = map.getCenter();
    const before = levels.level();
    const level = levels.follow({ zoom: map.getZoom(), latitude });
    if (level !== before) canvas.remakeLayers();
    for (const listener of listeners.view) listener(by);
  };
  const followCameras = (map: LibreMap) => cameras.follow({ bounds: boundsOf(map), zoom: map.getZoom() });
  const canvas = openMapCanvas({
    element: ground,
    ...{ style, view, timers, interactive },
    makeLayers: (under): Layer[] =>
      [levels, marks.centers, cameras, trail, assignments, responders, marks.incidents].flatMap((part) => part.layers(under)),
    onMap: (map) => {
      listenTo(map, { follow, rest: followCameras, place: placeLabels });
      tellEvents({ map, listeners, thingAt: (point) => thingAt(drawn(), point), cameraAt: (point) => cameraAt(drawn(), point) });
    },
    onLost: (times) => onLost?.(times),
    onFrame: (kind) => listeners.frame.forEach((listener) => listener(kind)),
  });
  const drawn = () => ({ map: canvas.map(), element, levels, cameras, responders, ...marks });

  return {
    element,
    setBasemap: (next) => canvas.setBasemap(next),
    setColors: (next) => {
      for (const part of [levels, cameras, trail, assignments, responders, marks.incidents, marks.centers]) part.setColors(next);
      canvas.remakeLayers();
      canvas.repaint('any');
    },
    setScale: (scale) =>
      enlarge([levels, trail, assignments, cameras, responders, ...Object.values(marks), labels], {
        scale,
        redraw: [() => canvas.remakeLayers(), showLabels, () => canvas.repaint('any')],
      }),
    setOutlines: (outlines) => {
      levels.setOutlines(outlines);
      follow(canvas.map());
      canvas.remakeLayers();
    },
    ...tellingOf(levels),
    setLoads: (loads) => {
      if (levels.setLoads(loads)) canvas.repaint('any');
    },
    setTrail: (places) => {
      trail.setTrail(places);
      canvas.remakeLayers();
      canvas.repaint('any');
    },
    ...movingOf({ canvas, responders, assignments, nowMs }),
    ...{ setCameras: cameras.setCameras, setSeverities: cameras.setSeverities },
    setMarks: (name, next) => {
      if (marks[name].setMarks(next) === 'remake') canvas.remakeLayers();
      canvas.repaint(name === 'incidents' ? 'moving' : 'any');
    },
    setLabels: (next) => {
      ownLabels = next;
      showLabels();
    },
    show: (name, shown) => {
      if (name === 'heat') levels.showHeat(shown);
      else ({ areas: levels, cameras, responders, ...marks })[name].show(shown);
      if (name === 'responders') trail.show(shown);
      if (name === 'responders' || name === 'incidents') assignments.show(name, shown);
      canvas.remakeLayers();
      showLabels();
      canvas.repaint('any');
    },
    choose: (thing) => {
      levels.choose(thing?.kind === 'region' ? thing.regionId : null);
      cameras.choose(thing?.kind === 'camera' ? thing.cameraId : null);
      responders.choose(thing?.kind === 'responder' ? thing.index : null);
      marks.incidents.choose(thing?.kind === 'incident' ? thing.incidentId : null);
      marks.centers.choose(thing?.kind === 'center' ? thing.centerId : null);
      canvas.repaint('any');
    },
    ...movesOf(canvas, { element, responders }),
    thingAt: (point) => thingAt(drawn(), point),
    ...eventsOf(listeners),
    ...drawingOf({ canvas, cameras, responders }),
    close: () => {
      cameras.close();
      canvas.close();
      element.remove();
      for (const set of Object.values(listeners)) set.clear();
    },
  };
}

type Drawing = { readonly canvas: MapCanvas; readonly cameras: CameraMarks; readonly responders: Responders };

function drawingOf({
  canvas,
  cameras,
  responders,
}: Drawing): Pick<MapEngine, 'repaint' | 'drawNow' | 'settled' | 'shown' | 'setDetail' | 'askAgain'> {
  return {
    askAgain: (source, tiles) => {
      const map = canvas.map();
      if (map.getSource(source) !== undefined) map.refreshTiles(source, [...tiles]);
    },
    setDetail: ({ ratioShare, land, ages }, fullRatio) => {
      responders.showAges(ages);
      canvas.setDetail({ ratio: fullRatio * ratioShare, land });
      canvas.repaint('any');
    },
    repaint: () => canvas.repaint('moving'),
    drawNow: () => {
      const map = canvas.map();
      map.redraw();
      return map.getCanvas();
    },
    shown: async () => {
      await cameras.settled();
      await canvas.shown();
    },
    settled: async () => {
      await cameras.settled();
      const map = canvas.map();
      map.triggerRepaint();
      await new Promise<void>((resolve) => void map.once('idle', () => resolve()));
    },
  };
}

/** What moves the map or tells where it looks, and which part of the picture is its own. */
function movesOf(
  { map, setPart }: Pick<MapCanvas, 'map' | 'setPart'>,
  { element, responders }: { readonly element: HTMLElement; readonly responders: Responders },
): Pick<MapEngine, 'lookAt' | 'lookAround' | 'view' | 'setView' | 'placeAt' | 'pointOf' | 'fit' | 'setPart' | 'zoomBy' | 'panBy'> {
  return {
    setPart: (part) => {
      showPart(element, part);
      setPart(part);
    },
    lookAt: (bounds, how) => lookAt(map(), { bounds, how }),
    lookAround: ([lng, lat]) => map().easeTo({ center: [lng, lat], zoom: map().getZoom() + 2, duration: 400 }),
    view: () => viewOf(map()),
    setView: (view, how) => setView(map(), { view, how }),
    placeAt: ({ x, y }) => {
      const { lng, lat } = map().unproject([x, y]);
      return [lng, lat];
    },
    pointOf: ([lng, lat]) => map().project([lng, lat]),
    fit: () => {
      map().resize();
      responders.setRoom(element.clientWidth);
    },
    zoomBy: (change) => map().easeTo({ zoom: map().getZoom() + change, duration: 200 }),
    panBy: ([right, down]) => map().panBy([right, down], { duration: 150 }),
  };
}

type Enlarged = { readonly scale: number; readonly redraw: readonly (() => void)[] };

function enlarge(parts: readonly { setScale(scale: number): void }[], { scale, redraw }: Enlarged): void {
  for (const part of parts) part.setScale(scale);
  for (const draw of redraw) draw();
}

function makeListeners() {
  return {
    view: new Set<(by: 'own' | 'told') => void>(),
    click: new Set<(thing: MapThing | null) => void>(),
    hover: new Set<(camera: HoveredCamera | null) => void>(),
    frame: new Set<(kind: FrameKind) => void>(),
  };
}

function tellingOf(levels: AreaLevels): Pick<MapEngine, 'refusedOutlines' | 'setHeat' | 'level'> {
  return { refusedOutlines: () => levels.refused(), setHeat: (next) => levels.setHeat(next), level: () => levels.level() };
}

function eventsOf(listeners: ReturnType<typeof makeListeners>): Pick<MapEngine, 'onView' | 'onClick' | 'onFrame' | 'onHover'> {
  return {
    onView: onAny(listeners.view),
    onClick: onAny(listeners.click),
    onFrame: onAny(listeners.frame),
    onHover: onAny(listeners.hover),
  };
}

type Telling = {
  readonly map: LibreMap;
  readonly listeners: ReturnType<typeof makeListeners>;
  readonly thingAt: (point: { x: number; y: number }) => MapThing | null;
  readonly cameraAt: (point: { x: number; y: number }) => HoveredCamera | null;
};

function tellEvents({ map, listeners, thingAt: thing, cameraAt: camera }: Telling): void {
  map.on('click', ({ point }) => {
    for (const listener of listeners.click) listener(thing(point));
  });
  let hovered: { x: number; y: number } | null = null;
  map.on('mousemove', ({ point }) => {
    const isAsked = hovered !== null;
    hovered = point;
    if (isAsked) return;
    requestAnimationFrame(() => {
      const at = hovered;
      hovered = null;
      if (at === null || map.isMoving()) return;
      const found = camera(at);
      for (const listener of listeners.hover) listener(found);
    });
  });
}

function onAny<Listener>(set: Set<Listener>): (listener: Listener) => () => void {
  return (listener) => {
    set.add(listener);
    return () => void set.delete(listener);
  };
}

type Following = {
  readonly follow: (map: LibreMap, by?: 'own' | 'told') => void;
  readonly rest: (map: LibreMap) => void;
  readonly place: () => void;
};

function listenTo(map: LibreMap, { follow, rest, place }: Following): void {
  map.on('move', (event) => {
    follow(map, isToldMove(event) ? 'told' : 'own');
    place();
  });
  map.on('moveend', () => rest(map));
  map.on('resize', place);
  void map.once('load', () => {
    follow(map);
    rest(map);
  });
}

function labelOfGroup({ place, count, severity }: CameraGroup): Label {
  return { place, text: String(count), rank: -1 - count, kind: 'group', tone: severity };
}

/** The engine's element: the map's own, and the words over it. */
function makeElement(page: Document, over: HTMLElement): { readonly element: HTMLElement; readonly ground: HTMLElement } {
  const element = page.createElement('div');
  element.className = 'map-engine';
  const ground = element.appendChild(page.createElement('div'));
  ground.className = 'map-ground';
  element.append(over);
  return { element, ground };
}

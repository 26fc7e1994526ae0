import { type Layer, log as deckLog } from '@deck.gl/core';
import { MapboxOverlay } from '@deck.gl/mapbox';
import type { Map as LibreMap, MapOptions, StyleSpecification } from 'maplibre-gl';
import { addProtocol, Map as CspMap, removeProtocol, setWorkerUrl } from 'maplibre-gl/dist/maplibre-gl-csp.js';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-csp-worker.js?url';
import type { Timers } from '#contract/values/index.ts';
import { groundFailureWords } from '../ground/index.ts';
import { openPackProtocol } from '../style/index.ts';
import { createDeckFrames, type DeckFrames } from './deckFrames.ts';
import { type FrameKind, type KeptLand, keepLand } from './keptLand.ts';
import { openKeptPictures } from './keptPictures.ts';
import { showLandEffects } from './landEffects.ts';
import { type MapView, viewOf } from './mapView.ts';
import './mapCanvas.css';

/** One map on one graphics context, which comes back when that is lost. */
export type MapCanvas = {
  /** The map that is drawn now: another one after a loss. */
  map(): LibreMap;
  setBasemap(style: StyleSpecification): void;
  /** Draws with so many device pixels per CSS pixel, and the land with all effects or without. */
  setDetail(detail: { readonly ratio: number; readonly land: 'full' | 'plain' }): void;
  /** What is drawn is another thing now: layers are made anew. */
  remakeLayers(): void;
  /** Draws a frame when nothing else would. */
  repaint(): void;
  /** Resolves at the end of the first frame that has the land and all layers that there are. */
  shown(): Promise<void>;
  close(): void;
};

type Options = {
  /** The map's element; it may be moved about in the page. */
  readonly element: HTMLElement;
  readonly style: StyleSpecification;
  readonly view: MapView;
  readonly timers: Timers;
  readonly interactive: 'moves' | 'fixed';
  /** Asked anew for each context (what was on the lost one is gone) and style. `beforeId`: labels of the basemap that stay on top. */
  readonly makeLayers: (under: { readonly beforeId: string | undefined }) => Layer[];
  /** Each map that is made; listeners go on it. */
  readonly onMap: (map: LibreMap) => void;
  /** A frame was drawn. */
  readonly onFrame: (kind: FrameKind) => void;
  /** How often a context was lost since the canvas was opened. */
  readonly onLost: (times: number) => void;
};

// A graphics process that has just died cannot make a context at once.
const againMs = 150;

/** Opens the map; a lost graphics context is answered with a new map in the same place, looking at the same thing. */
export function openMapCanvas({ element, style, view, timers, interactive, makeLayers, onMap, onLost, onFrame }: Options): MapCanvas {
  setWorkerUrl(new URL(workerUrl, document.baseURI).href);
  deckLog.level = -1;
  const closeProtocol = openPackProtocol({ addProtocol, removeProtocol });
  let basemap = style;
  let stopWaiting: (() => void) | null = null;
  let lost = 0;
  let isClosed = false;
  let drawn = openMap({ element, style, view, interactive, onFrame });

  const follow = () => {
    drawn.map.on('style.load', () => {
      if (detail?.land === 'plain') showLandEffects(drawn.map, 'plain');
      beforeId = drawn.land.enter();
      addLayers();
    });
    void drawn.map.once('webglcontextlost', comeBack);
    onMap(drawn.map);
  };
  // Null: before its first style a map asks for layers by itself.
  let beforeId: string | null = null;
  // Null: as much as the display has.
  let detail: Parameters<MapCanvas['setDetail']>[0] | null = null;
  const addLayers = () => {
    if (beforeId === null) return;
    drawn.overlay.setProps({ layers: makeLayers({ beforeId }) });
    drawn.frames.wake();
  };
  const comeBack = () => {
    lost += 1;
    beforeId = null;
    onLost(lost);
    const kept = viewOf(drawn.map);
    closeMap(drawn);
    const again = () => {
      stopWaiting = null;
      if (isClosed) return;
      try {
        drawn = openMap({ element, style: basemap, view: kept, interactive, onFrame });
      } catch {
        stopWaiting = timers.afterMs(againMs, again);
        return;
      }
      if (detail !== null) drawn.map.setPixelRatio(detail.ratio);
      follow();
    };
    stopWaiting = timers.afterMs(0, again);
  };
  follow();

  return {
    map: () => drawn.map,
    setBasemap: (next) => {
      basemap = next;
      beforeId = null;
      drawn.overlay.setProps({ layers: [] });
      drawn.map.setStyle(next, { diff: false });
    },
    setDetail: (next) => {
      detail = next;
      drawn.map.setPixelRatio(next.ratio);
      if (beforeId !== null) showLandEffects(drawn.map, next.land);
    },
    remakeLayers: addLayers,
    repaint: () => drawn.land.repaint(),
    shown: () => {
      const { map, overlay } = drawn;
      return new Promise((resolve) => {
        const look = () => {
          if (beforeId === null || !map.areTilesLoaded() || !hasLayers(overlay)) return;
          map.off('render', look);
          resolve();
        };
        map.on('render', look);
        map.triggerRepaint();
      });
    },
    close: () => {
      isClosed = true;
      stopWaiting?.();
      closeMap(drawn);
      closeProtocol();
    },
  };
}

type Drawn = { readonly map: LibreMap; readonly overlay: MapboxOverlay; readonly frames: DeckFrames; readonly land: KeptLand };

function openMap({
  element,
  style,
  view,
  interactive,
  onFrame,
}: Pick<Options, 'element' | 'style' | 'view' | 'interactive' | 'onFrame'>): Drawn {
  const options: MapOptions = {
    container: element,
    style,
    center: [view.center[0], view.center[1]],
    zoom: view.zoom,
    pitch: view.pitch,
    bearing: view.bearing,
    maxPitch: 70,
    interactive: interactive === 'moves',
    attributionControl: false,
    renderWorldCopies: false,
    refreshExpiredTiles: false,
    fadeDuration: 0,
    canvasContextAttributes: { antialias: true, powerPreference: 'high-performance' },
    // The keys of the console belong to the console.
    keyboard: false,
    doubleClickZoom: false,
  };
  const map = new CspMap(options);
  // Of a ground that does not come the map says why in words, once and not for each tile.
  map.on('error', ({ error }) => {
    // Nothing else of a map's ground should fail: it goes where the page's other errors go.
    if (!error.message.includes(groundFailureWords)) reportError(error);
  });
  const overlay = new MapboxOverlay({ interleaved: true, layers: [], pickingRadius: 0, layerFilter: () => !land.isKeeping() });
  // Keys and name are those of whatever shows the map.
  const canvas = map.getCanvas();
  for (const name of ['tabindex', 'role', 'aria-label']) canvas.removeAttribute(name);
  map.addControl(overlay);
  const frames = createDeckFrames(window);
  (overlay as unknown as DeckInside)._deck?.animationLoop?.setProps({ animationFrameProvider: frames });
  // What deck.gl finds to do after a frame (a view that changed) it does in its next turn, and asks for another frame when that is seen.
  map.on('render', frames.wake);
  map.on('resize', () => void tellSize({ map, overlay }));
  // Its device comes some frames later than the map.
  map.on('render', () => {
    if (tellSize({ map, overlay })) map.triggerRepaint();
  });
  const land = keepLand({ map, openPictures: openKeptPictures, page: window, onFrame, drawOwn: ownDrawing(overlay) });
  return { map, overlay, frames, land };
}

/** Draws deck.gl's layers once more, as they were seen in the frame that the map draws or has drawn last. */
function ownDrawing(overlay: MapboxOverlay): (frame: FrameKind) => void {
  let viewport: object | null = null;
  return (frame) => {
    const deck = (overlay as unknown as DeckInside)._deck;
    if (frame === 'whole') viewport = deck?.userData.currentViewport ?? null;
    if (deck === undefined || !deck.isInitialized || viewport === null) return;
    deck._drawLayers('kept', { viewports: [viewport], layerFilter: () => true, clearStack: true, clearCanvas: false });
  };
}

/** The canvas as deck.gl's graphics device sees it. */
type DeckSurface = {
  readonly props: { autoResize: boolean };
  getDrawingBufferSize(): [number, number];
  setDrawingBufferSize(width: number, height: number): void;
  destroy(): void;
};

/**
 * The canvas is MapLibre's, and only it knows the pixel ratio that the map is held at: deck.gl is told the size, or it draws as large as
 * without a ratio, and nothing lies where it belongs. Returns whether it had another one.
 */
function tellSize({ map, overlay }: Pick<Drawn, 'map' | 'overlay'>): boolean {
  const surface = (overlay as unknown as DeckInside)._deck?.device?.getDefaultCanvasContext();
  if (surface === undefined) return false;
  surface.props.autoResize = false;
  const { width, height } = map.getCanvas();
  const [before, beforeHigh] = surface.getDrawingBufferSize();
  if (before === width && beforeHigh === height) return false;
  surface.setDrawingBufferSize(width, height);
  return true;
}

/** What of deck.gl is not offered: its graphics device, whose watchers of the canvas it leaves running when it is finalized, its loop, and its drawing. */
type DeckInside = {
  readonly _deck?: {
    readonly isInitialized: boolean;
    readonly props: { readonly layers: readonly unknown[] };
    readonly layerManager: { getLayers(): readonly { readonly isLoaded: boolean }[] } | null;
    readonly userData: { readonly currentViewport?: object | null };
    _drawLayers(why: string, how: OwnDrawing): void;
    readonly device?: { getDefaultCanvasContext(): DeckSurface } | null;
    readonly animationLoop?: { setProps(props: { animationFrameProvider: DeckFrames }): void } | null;
  };
};

/** Whether deck.gl has everything it was given: it takes new layers between two frames, and a frame draws all that it has. */
function hasLayers(overlay: MapboxOverlay): boolean {
  const { isInitialized, layerManager, props } = (overlay as unknown as DeckInside)._deck ?? {};
  const layers = layerManager?.getLayers() ?? [];
  return isInitialized === true && layers.length >= (props?.layers.length ?? Infinity) && layers.every(({ isLoaded }) => isLoaded);
}

type OwnDrawing = { viewports: readonly object[]; layerFilter: () => boolean; clearStack: boolean; clearCanvas: boolean };

function closeMap({ map, overlay, land }: Drawn): void {
  land.close();
  const { device } = (overlay as unknown as DeckInside)._deck ?? {};
  // Its style may be gone with its context; what it held is then gone too.
  try {
    map.removeControl(overlay);
  } catch {
    overlay.onRemove();
  }
  device?.getDefaultCanvasContext().destroy();
  map.remove();
}

/** Lets maps of this page ask for tiles by an address of this protocol; once, before the first of them. Returns the closer. */
export function takeProtocol(...[name, load]: Parameters<typeof addProtocol>): () => void {
  addProtocol(name, load);
  return () => removeProtocol(name);
}

import { type Layer, log as deckLog } from '@deck.gl/core';
import { MapboxOverlay } from '@deck.gl/mapbox';
import type { Map as LibreMap, MapOptions, StyleSpecification } from 'maplibre-gl';
import { addProtocol, Map as CspMap, removeProtocol, setWorkerUrl } from 'maplibre-gl/dist/maplibre-gl-csp.js';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-csp-worker.js?url';
import type { Timers } from '#contract/values/index.ts';
import { groundFailureWords } from '../ground/index.ts';
import { openPackProtocol } from '../style/index.ts';
import { createDeckFrames, type DeckFrames } from './deckFrames.ts';
import { type FrameKind, type KeptLand, keepLand, type OwnPart } from './keptLand.ts';
import { openKeptPictures } from './keptPictures.ts';
import { showLandEffects } from './landEffects.ts';
import { type MapView, viewOf } from './mapView.ts';
import { type MapPart, openPartCanvas, type PartCanvas } from './partCanvas.ts';
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
  /** Draws a frame when nothing else would; `moving`: only people or incidents are others than in the last one. */
  repaint(why: 'moving' | 'any'): void;
  /** Shows only this part of what the map draws; null = all of it. Of maps that nobody moves; the element has the whole's size by then. */
  setPart(part: MapPart | null): void;
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
      if (part !== null) setPart();
      else if (detail !== null) tellRatio();
      follow();
    };
    stopWaiting = timers.afterMs(0, again);
  };
  follow();

  let part: MapPart | null = null;
  const tellRatio = () => drawn.map.setPixelRatio((detail?.ratio ?? window.devicePixelRatio) * (part?.scale ?? 1));
  const setPart = () => {
    drawn.parts?.setPart(part);
    tellRatio();
    drawn.map.resize();
  };

  return {
    map: () => drawn.map,
    setPart: (next) => {
      part = next;
      setPart();
    },
    setBasemap: (next) => {
      basemap = next;
      beforeId = null;
      drawn.overlay.setProps({ layers: [] });
      drawn.map.setStyle(next, { diff: false });
    },
    setDetail: (next) => {
      const before = detail;
      detail = next;
      if (next.ratio !== before?.ratio) tellRatio();
      if (beforeId !== null && next.land !== before?.land) showLandEffects(drawn.map, next.land);
    },
    remakeLayers: addLayers,
    repaint: (why) => drawn.land.repaint(why),
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

/** A map whose pixels may change while somebody drags it: for MapLibre that is a new size, at which it takes the map out of one's hand. */
class SteadyMap extends CspMap {
  private isChangingPixels = false;
  override setPixelRatio(ratio: number): void {
    this.isChangingPixels = true;
    try {
      super.setPixelRatio(ratio);
    } finally {
      this.isChangingPixels = false;
    }
  }
  override stop(): this {
    return this.isChangingPixels ? this : super.stop();
  }
}

type Drawn = {
  readonly map: LibreMap;
  readonly overlay: MapboxOverlay;
  readonly frames: DeckFrames;
  /** Null: somebody moves it. */
  readonly parts: PartCanvas | null;
  readonly land: KeptLand;
};

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
    // A part of a picture over several displays is cut from a canvas that never exists as a whole.
    ...(interactive === 'fixed' ? { maxCanvasSize: [32_768, 32_768] as [number, number] } : {}),
    canvasContextAttributes: { antialias: true, powerPreference: 'high-performance' },
    // The keys of the console belong to the console.
    keyboard: false,
    doubleClickZoom: false,
  };
  const map = new SteadyMap(options);
  // Of a ground that does not come the map says why in words, once and not for each tile.
  map.on('error', ({ error }) => {
    // Nothing else of a map's ground should fail: it goes where the page's other errors go.
    if (!error.message.includes(groundFailureWords)) reportError(error);
  });
  const overlay = new MapboxOverlay({ interleaved: true, layers: [], pickingRadius: 0, layerFilter: () => !land.isKeeping() });
  // Keys and name are those of whatever shows the map.
  const canvas = map.getCanvas();
  for (const name of ['tabindex', 'role', 'aria-label']) canvas.removeAttribute(name);
  // Before deck.gl keeps functions of the context.
  const gl = interactive === 'fixed' ? canvas.getContext('webgl2') : null;
  const parts = gl === null ? null : openPartCanvas({ canvas, gl });
  map.addControl(overlay);
  const frames = createDeckFrames(window);
  (overlay as unknown as DeckInside)._deck?.animationLoop?.setProps({ animationFrameProvider: frames });
  // What deck.gl finds to do after a frame (a view that changed) it does in its next turn, and asks for another frame when that is seen.
  map.on('render', frames.wake);
  map.on('resize', () => void tellSize({ map, overlay, parts }));
  // Its device comes some frames later than the map.
  map.on('render', () => {
    if (tellSize({ map, overlay, parts })) map.triggerRepaint();
  });
  const land = keepLand({ map, openPictures: openKeptPictures, page: window, onFrame, drawOwn: ownDrawing(overlay) });
  return { map, overlay, frames, parts, land };
}

// The topmost ones; they look at no depth, so that what is below them may as well be a picture.
const movingLayers: readonly string[] = ['assignments', 'responders', 'incidents-marks'];

/** Draws deck.gl's layers once more, as they were seen in the frame that the map draws or has drawn last. */
function ownDrawing(overlay: MapboxOverlay): (part: OwnPart, frame: FrameKind) => void {
  let viewport: object | null = null;
  return (part, frame) => {
    const deck = (overlay as unknown as DeckInside)._deck;
    if (frame === 'whole') viewport = deck?.userData.currentViewport ?? null;
    if (deck === undefined || !deck.isInitialized || viewport === null) return;
    deck._drawLayers('kept', {
      viewports: [viewport],
      layerFilter: ({ layer }) => movingLayers.includes(layer.id) === (part === 'moving'),
      clearStack: true,
      clearCanvas: false,
    });
  };
}

/** The canvas as deck.gl's graphics device sees it. */
type DeckSurface = {
  readonly props: { autoResize: boolean };
  getDrawingBufferSize(): [number, number];
  getCSSSize(): [number, number];
  setDrawingBufferSize(width: number, height: number): void;
  destroy(): void;
};

/**
 * The canvas is MapLibre's, and only it knows the pixel ratio that the map is held at: deck.gl is told the size, or it draws as large as
 * without a ratio, and nothing lies where it belongs. Returns whether it had another one.
 */
function tellSize({ map, overlay, parts }: Pick<Drawn, 'map' | 'overlay' | 'parts'>): boolean {
  const deck = (overlay as unknown as DeckInside)._deck;
  const surface = deck?.device?.getDefaultCanvasContext();
  if (deck === undefined || surface === undefined) return false;
  surface.props.autoResize = false;
  const { width, height } = parts?.whole() ?? map.getCanvas();
  const [before, beforeHigh] = surface.getDrawingBufferSize();
  const isOther = before !== width || beforeHigh !== height;
  if (isOther) surface.setDrawingBufferSize(width, height);
  if (parts === null) return isOther;
  // The canvas is as large as the part, what deck.gl draws as the whole.
  const { clientWidth, clientHeight } = map.getContainer();
  surface.getCSSSize = () => [clientWidth, clientHeight];
  if (deck.width === clientWidth && deck.height === clientHeight) return isOther;
  deck._updateCanvasSize(surface);
  return true;
}

/** What of deck.gl is not offered: its graphics device, whose watchers of the canvas it leaves running when it is finalized, its loop, and its drawing. */
type DeckInside = {
  readonly _deck?: {
    readonly width: number;
    readonly height: number;
    _updateCanvasSize(surface: DeckSurface): void;
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

type OwnDrawing = {
  viewports: readonly object[];
  layerFilter: (of: { readonly layer: { readonly id: string } }) => boolean;
  clearStack: boolean;
  clearCanvas: boolean;
};

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

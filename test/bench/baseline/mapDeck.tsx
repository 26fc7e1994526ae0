import { SolidPolygonLayer, ScatterplotLayer } from '@deck.gl/layers';
import { MapboxOverlay } from '@deck.gl/mapbox';
import { Map as LibreMap } from 'maplibre-gl';
import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot, type Root } from 'react-dom/client';
import { firstLoads, type MadeCounty, zeroMs } from '../map/madeCounty.ts';
import { firstView, plainStyle } from '../map/ours.ts';
import type { GridRow, MapSide } from '../map/sides.ts';

const layerCount = 3;

type Person = { readonly position: [number, number]; readonly status: number; readonly atMs: number };
type GridShape = { readonly polygon: readonly (readonly [number, number])[]; readonly open: number; readonly late: number };
type Shown = { readonly people: readonly Person[]; readonly grids: readonly GridShape[] };

type Props = { readonly overlay: MapboxOverlay; readonly county: MadeCounty; readonly first: Shown; readonly take: (set: Setters) => void };
type Setters = { readonly people: (people: readonly Person[]) => void; readonly grids: (grids: readonly GridShape[]) => void };

/** As deck.gl's own pages do it: data in React's state, layers made anew at each render, accessors over objects. */
function DeckLayers({ overlay, county, first, take }: Props) {
  const [people, setPeople] = useState(first.people);
  const [grids, setGrids] = useState(first.grids);
  useEffect(() => take({ people: setPeople, grids: setGrids }), [take]);
  overlay.setProps({
    layers: [
      new SolidPolygonLayer<GridShape>({
        id: 'grids',
        data: grids,
        extruded: true,
        wireframe: true,
        getPolygon: ({ polygon }) => polygon as [number, number][],
        getElevation: ({ open }) => open * 100,
        getFillColor: ({ open, late }) => (late > 0 ? [226, 87, 76, 237] : [42 + open * 3, 66 + open * 5, 75 + open * 5, 237]),
        getLineColor: [90, 120, 130, 200],
      }),
      new ScatterplotLayer({
        id: 'cameras',
        data: county.cameras,
        getPosition: ({ location }) => location ?? [0, 0],
        getFillColor: [157, 176, 188],
        getRadius: 4,
        radiusUnits: 'pixels',
        parameters: { depthCompare: 'always' },
      }),
      new ScatterplotLayer<Person>({
        id: 'people',
        data: people,
        getPosition: ({ position }) => position,
        getFillColor: ({ status, atMs }) => (atMs < zeroMs - 60_000 ? [138, 151, 160] : status === 0 ? [111, 181, 138] : [95, 179, 212]),
        getRadius: 4,
        radiusUnits: 'pixels',
        parameters: { depthCompare: 'always' },
      }),
    ],
  });
  return null;
}

/** The straightforward way. */
export function createDeckSide(): MapSide {
  let map: LibreMap | null = null;
  let root: Root | null = null;
  let set: Setters | null = null;
  let shapes: readonly (readonly (readonly [number, number])[])[] = [];
  const opened = () => {
    if (map === null || set === null) throw new Error('not open');
    return { map, set };
  };
  const gridsOf = (rows: readonly GridRow[]) => rows.map(({ open, late }, index) => ({ polygon: shapes[index] ?? [], open, late }));
  return {
    load: async () => {},
    open: async (county, host) => {
      shapes = county.grids.map(({ rings }) => rings[0] ?? []);
      const made = new LibreMap({
        container: host,
        style: plainStyle,
        center: [county.center[0], county.center[1]],
        ...firstView,
        attributionControl: false,
        fadeDuration: 0,
        canvasContextAttributes: { antialias: true },
      });
      map = made;
      const overlay = new MapboxOverlay({ interleaved: true, layers: [] });
      made.addControl(overlay);
      const [west, south, east, north] = county.bounds;
      made.fitBounds([west, south, east, north], { padding: 24, animate: false });
      const first = { people: peopleOf(county), grids: gridsOf(firstLoads(county)) };
      root = createRoot(document.createElement('div'));
      const taken = new Promise<void>((resolve) => {
        const take = (setters: Setters) => {
          set = setters;
          resolve();
        };
        root?.render(<DeckLayers overlay={overlay} county={county} first={first} take={take} />);
      });
      await taken;
      if (!made.loaded()) await new Promise<void>((resolve) => void made.once('load', () => resolve()));
      // Before it is idle: the first frame that has all layers is the first whole map.
      await new Promise<void>((resolve) => {
        const look = () => {
          if (!hasLayers(overlay)) return;
          made.off('render', look);
          resolve();
        };
        made.on('render', look);
        made.triggerRepaint();
      });
    },
    tick: ({ json }) => {
      const people = JSON.parse(json) as readonly Person[];
      flushSync(() => opened().set.people(people));
    },
    updateGrids: (rows) => flushSync(() => opened().set.grids(gridsOf(rows))),
    repaint: () => opened().map.triggerRepaint(),
    onFrame: (listener) => void opened().map.on('render', listener),
    drawnCanvas: () => {
      opened().map.redraw();
      return opened().map.getCanvas();
    },
    close: () => {
      root?.unmount();
      map?.remove();
    },
  };
}

/** deck.gl takes layers between two frames, and a frame draws all that it has. */
function hasLayers(overlay: MapboxOverlay): boolean {
  const deck = (overlay as unknown as { readonly _deck?: { readonly layerManager: { getLayers(): { isLoaded: boolean }[] } | null } })
    ._deck;
  const layers = deck?.layerManager?.getLayers() ?? [];
  return layers.length === layerCount && layers.every(({ isLoaded }) => isLoaded);
}

function peopleOf({ responders: { measuredAtMs, lngLat, status } }: MadeCounty): readonly Person[] {
  return Array.from(measuredAtMs, (atMs, index) => ({
    position: [lngLat[index * 2] ?? 0, lngLat[index * 2 + 1] ?? 0],
    status: status[index] ?? 0,
    atMs,
  }));
}

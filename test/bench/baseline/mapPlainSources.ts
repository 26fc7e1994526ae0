import { type GeoJSONSource, Map as LibreMap } from 'maplibre-gl';
import { firstLoads, type MadeCounty } from '../map/madeCounty.ts';
import { firstView, plainStyle } from '../map/ours.ts';
import type { GridRow, MapSide } from '../map/sides.ts';

type Person = { readonly position: readonly [number, number]; readonly status: number; readonly atMs: number };
type Features = Parameters<GeoJSONSource['setData']>[0];

/** MapLibre alone: sources of GeoJSON that are given whole with each change, styled by expressions. */
export function createSetDataSide(): MapSide {
  let map: LibreMap | null = null;
  let shapes: readonly (readonly (readonly [number, number])[])[] = [];
  const opened = () => {
    if (map === null) throw new Error('not open');
    return map;
  };
  const source = (name: string) => opened().getSource<GeoJSONSource>(name) as GeoJSONSource;
  const gridsOf = (rows: readonly GridRow[]): Features =>
    ({
      type: 'FeatureCollection',
      features: rows.map(({ open, late }, index) => ({
        type: 'Feature',
        geometry: { type: 'Polygon', coordinates: [shapes[index] ?? []] },
        properties: { open, late },
      })),
    }) as unknown as Features;
  return {
    load: async () => {},
    open: async (county, host) => {
      shapes = county.grids.map(({ rings }) => rings[0] ?? []);
      const [west, south, east, north] = county.bounds;
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
      made.fitBounds([west, south, east, north], { padding: 24, animate: false });
      await new Promise<void>((resolve) => void made.once('load', () => resolve()));
      addLayers(made, { grids: gridsOf(firstLoads(county)), cameras: camerasOf(county), people: peopleOf(firstPeople(county)) });
      await new Promise<void>((resolve) => void made.once('idle', () => resolve()));
    },
    tick: ({ json }) => void source('people').setData(peopleOf(JSON.parse(json) as readonly Person[])),
    updateGrids: (rows) => void source('grids').setData(gridsOf(rows)),
    repaint: () => opened().triggerRepaint(),
    // Only when the worker has cut the new data into tiles and all of them are drawn.
    onFrame: (listener) => void opened().on('idle', listener),
    drawnCanvas: () => {
      opened().redraw();
      return opened().getCanvas();
    },
    close: () => map?.remove(),
  };
}

function addLayers(map: LibreMap, data: { readonly [name: string]: Features }): void {
  for (const [name, features] of Object.entries(data)) map.addSource(name, { type: 'geojson', data: features });
  map.addLayer({
    id: 'grids',
    type: 'fill-extrusion',
    source: 'grids',
    paint: {
      'fill-extrusion-height': ['*', ['get', 'open'], 100],
      'fill-extrusion-color': [
        'case',
        ['>', ['get', 'late'], 0],
        '#e2574c',
        ['interpolate', ['linear'], ['get', 'open'], 0, '#2a424b', 10, '#48747d'],
      ],
    },
  });
  map.addLayer({ id: 'cameras', type: 'circle', source: 'cameras', paint: { 'circle-radius': 4, 'circle-color': '#9db0bc' } });
  map.addLayer({
    id: 'people',
    type: 'circle',
    source: 'people',
    paint: { 'circle-radius': 4, 'circle-color': ['case', ['==', ['get', 'status'], 0], '#6fb58a', '#5fb3d4'] },
  });
}

function firstPeople({ responders: { measuredAtMs, lngLat, status } }: MadeCounty): readonly Person[] {
  return Array.from(measuredAtMs, (atMs, index) => ({
    position: [lngLat[index * 2] ?? 0, lngLat[index * 2 + 1] ?? 0],
    status: status[index] ?? 0,
    atMs,
  }));
}

function peopleOf(people: readonly Person[]): Features {
  const features = people.map(({ position, status, atMs }) => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: position },
    properties: { status, atMs },
  }));
  return { type: 'FeatureCollection', features } as unknown as Features;
}

function camerasOf({ cameras }: MadeCounty): Features {
  const features = cameras.map(({ location }) => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: location ?? [0, 0] },
    properties: {},
  }));
  return { type: 'FeatureCollection', features } as unknown as Features;
}

import type { Layer } from '@deck.gl/core';
import type { RegionLevel } from '#contract/directory/index.ts';
import type { RegionId } from '#contract/values/index.ts';
import { AreaLayer, type AreaLook, RibbonAreaLayer } from './areaLayer.ts';
import { type AreaLoad, type AreaOutline, type Areas, createAreas, type RefusedOutline } from './areas.ts';
import type { MapColors } from './colors.ts';
import { coverFor, edgePxFor, finestFirst, levelFor, metersPerPixelAt } from './levels.ts';

/** The region areas of all levels; one level is drawn at a time. */
export type AreaLevels = {
  setOutlines(outlines: ReadonlyMap<RegionLevel, readonly AreaOutline[]>): void;
  /** True when a frame is needed. */
  setLoads(loads: ReadonlyMap<RegionId, AreaLoad>): boolean;
  /** How much more than usual each region has, 0 to 1; null = nothing is known of that. */
  setHeat(heat: ReadonlyMap<RegionId, number> | null): void;
  /** Whether the ramp says heat. */
  showHeat(shown: 'shown' | 'hidden'): void;
  setColors(colors: MapColors): void;
  choose(regionId: RegionId | null): void;
  /** Factor on the width of edges. */
  setScale(scale: number): void;
  show(shown: 'shown' | 'hidden'): void;
  /** Chooses the level for this view; tells which one is drawn. */
  follow(view: { readonly zoom: number; readonly latitude: number }): RegionLevel | null;
  level(): RegionLevel | null;
  areas(): Areas | null;
  /** Factor on heights: the nearer, the lower in metres, so that they stay as high on the screen. */
  heightScale(): number;
  layers(under: { readonly beforeId: string | undefined }): Layer[];
  refused(): readonly RefusedOutline[];
};

// From here on inwards heights keep their size on the screen instead of in metres.
const tallestAtZoom = 11;

export function createAreaLevels(first: MapColors): AreaLevels {
  let levels = new Map<RegionLevel, { readonly areas: Areas; readonly rows: readonly AreaRow[]; readonly look: AreaLook }>();
  let colors = first;
  let loads: ReadonlyMap<RegionId, AreaLoad> = new Map();
  let heat: ReadonlyMap<RegionId, number> | null = null;
  let isHeatShown = false;
  let chosen: RegionId | null = null;
  let isShown = true;
  let level: RegionLevel | null = null;
  let heightScale = 1;
  let cover = 1;
  let edgePx = 1;
  let metersPerPx = 1;
  const medians = () => new Map([...levels].map(([name, { areas }]) => [name, areas.medianMeters]));
  const relook = () => {
    for (const { areas, look } of levels.values()) {
      Object.assign(look, { colors, heightScale, cover, edgePx, metersPerPx, chosen: chosen === null ? -1 : areas.indexOf(chosen) });
    }
  };
  const setLoads = (next: ReadonlyMap<RegionId, AreaLoad>) => {
    loads = next;
    let isChanged = false;
    for (const { areas } of levels.values()) {
      let greatest = 0;
      for (const { regionId } of areas.drawn) greatest = Math.max(greatest, next.get(regionId)?.open ?? 0);
      areas.setGreatestLoad(greatest);
      if (areas.setLoads(next, isHeatShown ? heat : null)) isChanged = true;
    }
    return isChanged;
  };
  return {
    setOutlines: (outlines) => {
      levels = new Map(
        finestFirst.flatMap((name) => {
          const areas = createAreas(outlines.get(name) ?? []);
          const rows = areas.drawn.map(({ rings }) => ({ polygon: rings }));
          return [[name, { areas, rows, look: { colors, heightScale, cover, edgePx, metersPerPx, chosen: -1 } }] as const];
        }),
      );
      setLoads(loads);
      relook();
    },
    setLoads,
    setHeat: (next) => {
      heat = next;
    },
    showHeat: (shown) => {
      isHeatShown = shown === 'shown';
      setLoads(loads);
    },
    setColors: (next) => {
      colors = next;
      relook();
    },
    choose: (next) => {
      chosen = next;
      relook();
    },
    setScale: (scale) => {
      edgePx = edgePxFor(scale);
      relook();
    },
    show: (shown) => {
      isShown = shown === 'shown';
    },
    follow: ({ zoom, latitude }) => {
      level = levelFor({ zoom, latitude, medianMeters: medians() });
      cover = coverFor({ zoom, latitude, medianMeters: level === null ? 0 : (levels.get(level)?.areas.medianMeters ?? 0) });
      heightScale = Math.min(1, 2 ** (tallestAtZoom - zoom)) * cover;
      metersPerPx = metersPerPixelAt({ zoom, latitude });
      for (const { look } of levels.values()) Object.assign(look, { heightScale, cover, metersPerPx });
      return level;
    },
    level: () => level,
    areas: () => (level === null ? null : (levels.get(level)?.areas ?? null)),
    heightScale: () => heightScale,
    layers: ({ beforeId }) =>
      [...levels].flatMap(([name, { areas, rows, look }]) => {
        if (name !== level || rows.length === 0 || !isShown) return [];
        const from = beforeId === undefined ? {} : { beforeId };
        const isWide = look.edgePx > 1;
        const Areas = isWide ? RibbonAreaLayer : AreaLayer;
        return [
          new Areas({
            id: isWide ? `areas-${name}-ribbons` : `areas-${name}`,
            data: rows as AreaRow[],
            getPolygon: polygonOf as (row: unknown) => AreaOutline['rings'],
            extruded: true,
            wireframe: true,
            positionFormat: 'XY',
            states: areas.states,
            look,
            ...from,
          } as unknown as ConstructorParameters<typeof AreaLayer>[0]),
        ];
      }),
    refused: () => [...levels.values()].flatMap(({ areas }) => areas.refused),
  };
}

type AreaRow = { readonly polygon: AreaOutline['rings'] };

// One function for all layers ever made: another one would count as another geometry.
function polygonOf(row: AreaRow): AreaOutline['rings'] {
  return row.polygon;
}

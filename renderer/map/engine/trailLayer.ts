import { PathLayer } from '@deck.gl/layers';
import type { Layer } from '@deck.gl/core';
import type { MapColors } from './colors.ts';

type Place = readonly [number, number];

/** The way that one responder has gone; the older, the fainter. */
export type TrailLine = {
  setTrail(places: readonly Place[]): void;
  setColors(colors: MapColors): void;
  /** Factor on its width. */
  setScale(scale: number): void;
  show(shown: 'shown' | 'hidden'): void;
  layers(under: { readonly beforeId: string | undefined }): Layer[];
};

const widthPx = 2.5;
const oldest = 40;

export function createTrailLine(first: MapColors): TrailLine {
  let places: readonly Place[] = [];
  let colors = first;
  let isShown = true;
  let scale = 1;
  return {
    setTrail: (next) => {
      places = next;
    },
    setColors: (next) => {
      colors = next;
    },
    setScale: (next) => {
      scale = next;
    },
    show: (shown) => {
      isShown = shown === 'shown';
    },
    layers: ({ beforeId }) => {
      if (!isShown || places.length < 2) return [];
      const tone = colors.chosen.map((part) => part * 255);
      const shades = places.map((_, at) => [...tone, oldest + ((255 - oldest) * at) / (places.length - 1)]);
      return [
        new PathLayer({
          id: 'responder-trail',
          data: [{ path: places.map(([lng, lat]) => [lng, lat]) }],
          getPath: (row: { path: number[][] }) => row.path as never,
          getColor: () => shades as never,
          getWidth: widthPx * scale,
          widthUnits: 'pixels',
          jointRounded: true,
          capRounded: true,
          parameters: { depthCompare: 'always', depthWriteEnabled: false },
          ...(beforeId === undefined ? {} : { beforeId }),
        }),
      ];
    },
  };
}

import type { RasterLayerSpecification } from 'maplibre-gl';
import type { ThemeName } from '#renderer/look/index.ts';

/** Colours of the land in one room. Calm on purpose: saturated colour is left to what is abnormal and drawn above the land. */
export type MapPalette = {
  /** Beyond the county. */
  readonly ground: string;
  readonly land: string;
  readonly forest: string;
  readonly field: string;
  readonly builtUp: string;
  readonly water: string;
  readonly waterText: string;
  readonly shadow: string;
  readonly highlight: string;
  /** How strongly hills are shaded, 0..1. */
  readonly relief: number;
  readonly roads: { readonly national: string; readonly county: string; readonly village: string; readonly street: string };
  readonly roadCasing: string;
  readonly building: string;
  readonly borders: { readonly county: string; readonly town: string; readonly village: string; readonly grid: string };
  readonly text: string;
  readonly textSoft: string;
  readonly textFaint: string;
  readonly halo: string;
  /** How far the pictures of another source are held back: most are made for a white page. */
  readonly pictures: NonNullable<RasterLayerSpecification['paint']>;
};

/** By theme of renderer/look/tokens.css; ground, texts and halo are its tokens. */
export const palettes: { readonly [Theme in ThemeName]: MapPalette } = {
  dim: {
    ground: '#0d1318',
    land: '#18252c',
    forest: '#17272b',
    field: '#1d2d2f',
    builtUp: '#28353c',
    water: '#1d4a66',
    waterText: '#6ea2bf',
    shadow: '#03060a',
    highlight: '#4d646e',
    relief: 0.62,
    roads: { national: '#8b8672', county: '#66706e', village: '#48555b', street: '#35424a' },
    roadCasing: '#0d1318',
    building: '#3a4a53',
    borders: { county: '#7f99a8', town: '#587283', village: '#3d5462', grid: '#2c3f4a' },
    text: '#dbe5ec',
    textSoft: '#9db0bc',
    textFaint: '#7d929f',
    halo: '#0d1318',
    pictures: { 'raster-brightness-max': 0.42, 'raster-saturation': -0.45, 'raster-fade-duration': 0 },
  },
  bright: {
    ground: '#dbe3e7',
    land: '#f0f3ef',
    forest: '#dde8dc',
    field: '#e7ecda',
    builtUp: '#dfe1dd',
    water: '#9cc6de',
    waterText: '#1f6488',
    shadow: '#6f8580',
    highlight: '#ffffff',
    relief: 0.45,
    roads: { national: '#bda97c', county: '#b4bbb8', village: '#c6ccca', street: '#fbfbfa' },
    roadCasing: '#f6f8f7',
    building: '#cfd3d2',
    borders: { county: '#46596a', town: '#6b7f8d', village: '#98a9b4', grid: '#bccad2' },
    text: '#17242d',
    textSoft: '#46596a',
    textFaint: '#5c6f7d',
    halo: '#f6f8f9',
    pictures: { 'raster-saturation': -0.35, 'raster-fade-duration': 0 },
  },
  contrast: {
    ground: '#000000',
    land: '#0a1115',
    forest: '#0a1810',
    field: '#131a12',
    builtUp: '#222c33',
    water: '#0b4a78',
    waterText: '#9fdcff',
    shadow: '#000000',
    highlight: '#4a606c',
    relief: 0.5,
    roads: { national: '#fff3c4', county: '#d9dcd2', village: '#a9b7bf', street: '#71828d' },
    roadCasing: '#000000',
    building: '#4b5c67',
    borders: { county: '#ffffff', town: '#a9c3d2', village: '#6f8b9b', grid: '#4a6170' },
    text: '#ffffff',
    textSoft: '#e3edf3',
    textFaint: '#c6d5de',
    halo: '#000000',
    pictures: { 'raster-brightness-max': 0.35, 'raster-saturation': -0.6, 'raster-fade-duration': 0 },
  },
};

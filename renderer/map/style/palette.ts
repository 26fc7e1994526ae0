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
};

/** By theme of renderer/look/tokens.css; ground, texts and halo are its tokens. */
export const palettes: { readonly [Theme in ThemeName]: MapPalette } = {
  dim: {
    ground: '#0d1318',
    land: '#152127',
    forest: '#14241f',
    field: '#1c2926',
    builtUp: '#222d33',
    water: '#163a52',
    waterText: '#6ea2bf',
    shadow: '#060a0d',
    highlight: '#35474f',
    relief: 0.55,
    roads: { national: '#8b8672', county: '#66706e', village: '#48555b', street: '#35424a' },
    roadCasing: '#0d1318',
    building: '#3a4a53',
    borders: { county: '#7f99a8', town: '#587283', village: '#3d5462', grid: '#2c3f4a' },
    text: '#dbe5ec',
    textSoft: '#9db0bc',
    textFaint: '#7d929f',
    halo: '#0d1318',
  },
  bright: {
    ground: '#dbe3e7',
    land: '#f0f3ef',
    forest: '#d9e6d8',
    field: '#ecefdf',
    builtUp: '#e3e3df',
    water: '#a9cce0',
    waterText: '#1f6488',
    shadow: '#7f938f',
    highlight: '#ffffff',
    relief: 0.4,
    roads: { national: '#fffaf0', county: '#ffffff', village: '#ffffff', street: '#fbfbfa' },
    roadCasing: '#a9b0ae',
    building: '#cfd3d2',
    borders: { county: '#46596a', town: '#6b7f8d', village: '#98a9b4', grid: '#bccad2' },
    text: '#17242d',
    textSoft: '#46596a',
    textFaint: '#5c6f7d',
    halo: '#f6f8f9',
  },
  contrast: {
    ground: '#000000',
    land: '#0a1115',
    forest: '#0a1810',
    field: '#131a12',
    builtUp: '#1b2329',
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
  },
};

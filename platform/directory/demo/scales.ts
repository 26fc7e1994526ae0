/** How big the demo is: `county` is a mountain county's size (Ningshan's), `prefecture` a league's (Xing'an's); figures of field.md. */
export type DemoScale = 'county' | 'prefecture';

/** What is counted in a demo county. Centers follow: one per village, one per town and the county's own. */
export type DemoSizes = {
  readonly name: string;
  readonly nameEn: string;
  readonly towns: number;
  readonly villages: number;
  readonly grids: number;
  readonly cameras: number;
  readonly departments: number;
  readonly townOffices: number;
  readonly responders: number;
  /** Half axes of the outline in km, east and north, before it is made irregular. */
  readonly halfAxesKm: readonly [number, number];
};

const sizes: Readonly<Record<DemoScale, DemoSizes>> = {
  county: {
    name: '安澜县',
    nameEn: 'Anlan County',
    towns: 11,
    villages: 80,
    grids: 388,
    cameras: 2000,
    departments: 21,
    townOffices: 11,
    responders: 388,
    halfAxesKm: [27, 25],
  },
  prefecture: {
    name: '安澜地区',
    nameEn: 'Anlan Prefecture',
    towns: 62,
    villages: 894,
    grids: 4580,
    cameras: 20_000,
    departments: 30,
    townOffices: 28,
    responders: 13_028,
    halfAxesKm: [93, 86],
  },
};

/** The sizes of a scale. */
export function sizesOf(scale: DemoScale): DemoSizes {
  return sizes[scale];
}

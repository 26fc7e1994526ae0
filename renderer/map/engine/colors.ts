/** Red, green, blue from 0 to 1. */
export type Rgb = readonly [number, number, number];

/** Colours of what the engine draws over the basemap, of one theme. */
export type MapColors = {
  readonly ground: Rgb;
  /** Nothing open, and three steps of open load: never a warning colour. */
  readonly load: readonly [Rgb, Rgb, Rgb, Rgb];
  /** Of small signs: late or urgent, nearly late, the rest. */
  readonly signs: { readonly critical: Rgb; readonly major: Rgb; readonly minor: Rgb };
  /** Of whole areas: late or urgent, nearly late. */
  readonly areas: { readonly critical: Rgb; readonly major: Rgb };
  /** Edges between areas, and of the chosen one. */
  readonly line: Rgb;
  readonly chosen: Rgb;
  readonly text: Rgb;
  readonly quiet: Rgb;
  readonly good: Rgb;
  readonly stale: Rgb;
};

/** Reads `#rrggbb`, and `#rgb`, as which a built window has what can be said so short; anything else is a mistake in tokens.css. */
export function parseHex(text: string): Rgb {
  const digits = /^#([0-9a-f]{6})$/i.exec(text.trim().replace(/^#([0-9a-f])([0-9a-f])([0-9a-f])$/i, '#$1$1$2$2$3$3'))?.[1];
  if (digits === undefined) throw new Error(`not a colour of the tokens: "${text}"`);
  const value = Number.parseInt(digits, 16);
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

/** What the colour of a small sign says. */
export type SignTone = keyof MapColors['signs'] | 'quiet' | 'stale';

/** A small sign's colour. */
export function toneOf({ signs, quiet, stale }: MapColors, tone: SignTone): Rgb {
  switch (tone) {
    case 'critical':
    case 'major':
    case 'minor':
      return signs[tone];
    case 'quiet':
      return quiet;
    case 'stale':
      return stale;
  }
}

/** A colour as a column of bytes has it, opaque. */
export function bytesOf(color: Rgb): readonly number[] {
  return [...color.map((part) => Math.round(part * 255)), 255];
}

/**
 * How light the walls of an area are beside its top: turned away from the light, and turned towards it. Amber in shadow is brown: in a bright room,
 * where nothing else is dark, walls are hardly shaded.
 */
export function wallLight({ ground: [red, green, blue] }: Pick<MapColors, 'ground'>): readonly [number, number] {
  return (red + green + blue) / 3 > 0.5 ? [0.74, 0.92] : [0.28, 0.72];
}

/** The colours of the theme that the page shows now, from tokens.css. */
export function readColors(page: HTMLElement): MapColors {
  const style = getComputedStyle(page);
  const of = (name: string) => parseHex(style.getPropertyValue(`--${name}`));
  return {
    ground: of('ground'),
    load: [of('load-0'), of('load-1'), of('load-2'), of('load-3')],
    signs: { critical: of('critical-sign'), major: of('major-sign'), minor: of('minor-sign') },
    areas: { critical: of('critical-area'), major: of('major-area') },
    line: of('line-strong'),
    chosen: of('accent'),
    text: of('text'),
    quiet: of('text-soft'),
    good: of('good'),
    stale: of('stale'),
  };
}

/** Red, green, blue from 0 to 1. */
export type Rgb = readonly [number, number, number];

/** Colours of what the engine draws over the basemap, of one theme. */
export type MapColors = {
  readonly ground: Rgb;
  /** Nothing open, and three steps of open load: never a warning colour. */
  readonly load: readonly [Rgb, Rgb, Rgb, Rgb];
  /** Late or urgent; nearly late. */
  readonly critical: Rgb;
  readonly major: Rgb;
  readonly minor: Rgb;
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

/** The colours of the theme that the page shows now, from tokens.css. */
export function readColors(page: HTMLElement): MapColors {
  const style = getComputedStyle(page);
  const of = (name: string) => parseHex(style.getPropertyValue(`--${name}`));
  return {
    ground: of('ground'),
    load: [of('load-0'), of('load-1'), of('load-2'), of('load-3')],
    critical: of('critical'),
    major: of('major'),
    minor: of('minor'),
    line: of('line-strong'),
    chosen: of('accent'),
    text: of('text'),
    quiet: of('text-soft'),
    good: of('good'),
    stale: of('stale'),
  };
}

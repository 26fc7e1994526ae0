import { expect, test } from 'vitest';
import { themeNames } from './themes.ts';
import tokens from './tokens.css?raw';

type Rgb = readonly [number, number, number];

/** A token of a theme as a browser reads it: the theme's own, else that of all themes; what names another token is that. */
function tokenOf(theme: string, name: string): Rgb {
  const blocks = [...tokens.matchAll(/([^{}]+)\{([^{}]*)\}/g)];
  const of = (selector: RegExp) => blocks.filter(([, head]) => selector.test(head ?? '')).map(([, , body]) => body ?? '');
  const said = [...of(new RegExp(`data-theme="${theme}"`)), ...of(/^\s*(\/\*.*\*\/)?\s*:root\s*$/)];
  const value = said.map((body) => new RegExp(`--${name}:\\s*([^;]+);`).exec(body)?.[1]).find((found) => found !== undefined) ?? '';
  const other = /^var\(--([a-z-]+)\)$/.exec(value)?.[1];
  if (other !== undefined) return tokenOf(theme, other);
  const [, red = '', green = '', blue = ''] = /^#(..)(..)(..)$/.exec(value) ?? [];
  return [red, green, blue].map((part) => Number.parseInt(part, 16) / 255) as unknown as Rgb;
}

/** Relative luminance and contrast of WCAG 2.2. */
function luminance(color: Rgb): number {
  const [red = 0, green = 0, blue = 0] = color.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: Rgb, other: Rgb): number {
  const [least = 0, most = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (most + 0.05) / (least + 0.05);
}

test.each(themeNames)('%s: signs are seen on the ground and on the panes, words of a severity can be read', (theme) => {
  const on = ['ground', 'panel'].map((name) => tokenOf(theme, name));
  for (const name of ['critical-sign', 'major-sign', 'minor-sign']) {
    for (const ground of on) expect([name, contrast(tokenOf(theme, name), ground) >= 3]).toEqual([name, true]);
  }
  for (const name of ['text', 'text-soft', 'critical', 'major']) {
    expect([name, contrast(tokenOf(theme, name), tokenOf(theme, 'panel')) >= 4.5]).toEqual([name, true]);
  }
});

test.each(themeNames)('%s: an area that is nearly late is amber and no brown, a late one is another colour', (theme) => {
  const [red, green, blue] = tokenOf(theme, 'major-area');
  // Brown is dark orange: a hue between red and yellow of little light.
  expect([red > green && green > blue, luminance([red, green, blue]) > 0.35]).toEqual([true, true]);
  expect(contrast(tokenOf(theme, 'major-area'), tokenOf(theme, 'critical-area'))).toBeGreaterThan(1.3);
});

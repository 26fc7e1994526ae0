import type { Gazetteer } from '#contract/map/index.ts';

// The windows' own fonts (renderer/look/page.css), then what a machine may have.
const families = ['Inter Variable', 'Noto Sans SC Variable', 'Noto Sans CJK SC'] as const;

/**
 * Font stacks of names. There is no glyph server and a style names none: MapLibre then draws each glyph itself from the page's fonts. The
 * weight is read from the first name of a stack, so the strong one begins with a weight that is no family; the browser takes the next.
 */
export const labelFonts = { regular: families, strong: ['SemiBold', ...families] } as const;

/** What an interface of numbers, Latin words and a few signs needs besides the names of a county. */
const alwaysUsed = `${Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('')}·▲›—…《》，。：（）`;

/**
 * Loads the parts of the fonts that these names need; call it before a map is made. A glyph that is drawn before its font is there is drawn in
 * another one and kept so. Resolves also when a part cannot be had: then another font of the machine is drawn.
 */
export async function loadMapFonts({ fonts, names }: { fonts: FontFaceSet; names: Iterable<string> }): Promise<void> {
  const characters = new Set(alwaysUsed);
  for (const name of names) for (const character of name) characters.add(character);
  const text = [...characters].join('');
  const faces = families.slice(0, 2).flatMap((family) => [400, 600].map((weight) => `${weight} 24px "${family}"`));
  await Promise.allSettled(faces.map((face) => fonts.load(face, text)));
}

/** All names of a gazetteer in both languages. */
export function namesOf({ places }: Gazetteer): string[] {
  return places.flatMap(({ name, nameEn }) => [name, nameEn]);
}

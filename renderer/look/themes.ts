/** Sets of tokens.css: the dim room, the bright room, and high contrast. */
export const themeNames = ['dim', 'bright', 'contrast'] as const;
export type ThemeName = (typeof themeNames)[number];

const storageKey = 'commandwall.theme';

/** The theme this console showed last; a view setting of one machine, so the page keeps it itself. */
export function rememberedTheme(storage: Pick<Storage, 'getItem'>): ThemeName {
  const remembered = storage.getItem(storageKey);
  return themeNames.find((name) => name === remembered) ?? 'dim';
}

/** Puts a theme on the page and remembers it. */
export function applyTheme(theme: ThemeName, { root, storage }: { root: HTMLElement; storage: Pick<Storage, 'setItem'> }): void {
  root.dataset['theme'] = theme;
  storage.setItem(storageKey, theme);
}

export { pageNonce } from './nonce.ts';
export { saveCsv } from './saveCsv.ts';
export { Shape, type ShapeName } from './Shape.tsx';
export { applyTheme, rememberedTheme, type ThemeName, themeNames } from './themes.ts';

/** How the land looks: `buildMapStyle({ theme, language, pack })` with a pack of `fetchPack`, after `loadMapFonts` and `openPackProtocol`. */
export { buildMapStyle, groundSource, type MapGroundLook, type MapLook } from './buildMapStyle.ts';
export type { MapLanguage } from './labelLayers.ts';
export { loadMapFonts, namesOf } from './mapFonts.ts';
export { fetchGazetteer, fetchPack, openPackProtocol } from './openPack.ts';

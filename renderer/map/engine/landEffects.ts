import type { Map as LibreMap } from 'maplibre-gl';

/** What of the land only looks good: the shading of hills, and houses. */
const effects: readonly string[] = ['hillshade', 'fill-extrusion'];

/** Draws a map's land with all effects or without; to be said again when it has another style. */
export function showLandEffects(map: LibreMap, land: 'full' | 'plain'): void {
  for (const id of map.getLayersOrder()) {
    if (effects.includes(map.getLayer(id)?.type ?? '')) map.setLayoutProperty(id, 'visibility', land === 'full' ? 'visible' : 'none');
  }
}

/** Whether houses are drawn where the map looks now. */
export function hasHouses(map: LibreMap): boolean {
  const zoom = map.getZoom();
  return map.getLayersOrder().some((id) => {
    const layer = map.getLayer(id);
    return layer?.type === 'fill-extrusion' && !layer.isHidden(zoom);
  });
}

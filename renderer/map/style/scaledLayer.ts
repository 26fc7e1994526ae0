import type { LineLayerSpecification, SymbolLayerSpecification } from 'maplibre-gl';

/**
 * The same layer for a wall that is read from afar: names with their halo and the room that they keep, and lines. Names along lines come as much
 * more rarely.
 */
export function scaledLayer<Layer extends LineLayerSpecification | SymbolLayerSpecification>(layer: Layer, scale: number): Layer {
  if (scale === 1) return layer;
  const grown = (values: object) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, lengths.has(name) ? timesOf(value, scale) : value]));
  return { ...layer, layout: grown(layer.layout ?? {}), paint: grown(layer.paint ?? {}) };
}

const lengths: ReadonlySet<string> = new Set(['text-size', 'text-padding', 'symbol-spacing', 'text-halo-width', 'line-width']);

/** A length, or one by zoom: of that the sizes, which are every second part behind the zoom. */
function timesOf(size: unknown, scale: number): unknown {
  if (typeof size === 'number') return size * scale;
  if (!Array.isArray(size)) return size;
  const parts: readonly unknown[] = size;
  const stops = parts.slice(sizesFrom).map((part, at) => (at % 2 === 1 && typeof part === 'number' ? part * scale : part));
  return [...parts.slice(0, sizesFrom), ...stops];
}

// ['interpolate', how, by what, zoom, size, zoom, size].
const sizesFrom = 3;

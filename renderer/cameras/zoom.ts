import type { CSSProperties } from 'react';

/** Which part of a picture is shown: `scale` times as large, around a point of it (0..1 from the top left). */
export type Zoom = { readonly scale: number; readonly x: number; readonly y: number };

/** `step`: what one press of a key does; `wheel`: one notch; `pan`: one press of an arrow, in parts of what is seen. */
export const zoomLimits = { most: 8, step: 1.25, wheel: 1.15, pan: 0.1 } as const;

/** The whole picture. */
export const noZoom: Zoom = { scale: 1, x: 0.5, y: 0.5 };

/** A point on the tile, 0..1 from its top left. */
export type TilePoint = { readonly x: number; readonly y: number };

/** Larger or smaller, so that what is under `at` stays there. */
export function zoomBy(zoom: Zoom, { factor, at = { x: 0.5, y: 0.5 } }: { factor: number; at?: TilePoint }): Zoom {
  const scale = Math.min(zoomLimits.most, Math.max(1, zoom.scale * factor));
  const held = { x: zoom.x + (at.x - 0.5) / zoom.scale, y: zoom.y + (at.y - 0.5) / zoom.scale };
  return kept({ scale, x: held.x - (at.x - 0.5) / scale, y: held.y - (at.y - 0.5) / scale });
}

/** Moves the picture with the hand: by parts of the tile. */
export function panBy(zoom: Zoom, { dx, dy }: { dx: number; dy: number }): Zoom {
  return kept({ ...zoom, x: zoom.x - dx / zoom.scale, y: zoom.y - dy / zoom.scale });
}

/** What a key does to a zoom; null = it is not one of ours. */
export function zoomKey(zoom: Zoom, key: string): Zoom | null {
  const { step, pan } = zoomLimits;
  switch (key) {
    case '+':
    case '=':
      return zoomBy(zoom, { factor: step });
    case '-':
      return zoomBy(zoom, { factor: 1 / step });
    case '0':
      return noZoom;
    case 'ArrowLeft':
      return panBy(zoom, { dx: pan, dy: 0 });
    case 'ArrowRight':
      return panBy(zoom, { dx: -pan, dy: 0 });
    case 'ArrowUp':
      return panBy(zoom, { dx: 0, dy: pan });
    case 'ArrowDown':
      return panBy(zoom, { dx: 0, dy: -pan });
    default:
      return null;
  }
}

/** Draws it: for the element that holds the picture and fills the tile. */
export function zoomStyle({ scale, x, y }: Zoom): CSSProperties {
  if (scale === 1) return {};
  return { transform: `translate(${(0.5 - x * scale) * 100}%, ${(0.5 - y * scale) * 100}%) scale(${scale})`, transformOrigin: '0 0' };
}

/** How people read it; null where the whole picture is shown. */
export function zoomText({ scale }: Zoom): string | null {
  return scale === 1 ? null : `${scale.toFixed(1)}×`;
}

// No edge of the picture comes into the tile; two decimals more than can be seen, so that a fact stays short.
function kept({ scale, x, y }: Zoom): Zoom {
  if (scale <= 1.005) return noZoom;
  const edge = 0.5 / scale;
  const within = (value: number) => Math.round(Math.min(1 - edge, Math.max(edge, value)) * 10_000) / 10_000;
  return { scale: Math.round(scale * 1000) / 1000, x: within(x), y: within(y) };
}

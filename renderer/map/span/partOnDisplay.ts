import type { MapSpanPart } from '#contract/map/index.ts';
import type { DisplayKey } from '#contract/wall/index.ts';
import type { MapPart } from '../engine/index.ts';

type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

/**
 * What a tile shows of a map over several displays: the tile's box cut out of its display's part, so that it fits whatever the display is divided into.
 * `tile` and `display` in CSS pixels of the window that covers the display.
 */
export function partOnDisplay({
  part: { left, top, width, wide, high },
  tile,
  display,
}: {
  part: Box & { readonly wide: number; readonly high: number };
  tile: Box;
  display: { readonly width: number; readonly height: number };
}): MapPart {
  const scale = display.width / width;
  return {
    left: left + tile.left / scale,
    top: top + tile.top / scale,
    width: tile.width / scale,
    height: tile.height / scale,
    ...{ wide, high, scale },
  };
}

// A panel's millimetres are rounded; a display that was turned or has another mode is far beyond.
const shapeWithin = 0.02;

/** Whether a part was laid for this display as it is now. */
export function isInPlace({
  part,
  displayKey,
  display,
}: {
  part: MapSpanPart;
  displayKey: DisplayKey;
  display: { readonly width: number; readonly height: number };
}): boolean {
  const shape = part.width / part.height / (display.width / display.height);
  return part.displayKey === displayKey && Math.abs(shape - 1) <= shapeWithin;
}

import { z } from 'zod';
import type { DisplayKey } from './scene.ts';

/** How much of a Display's edge shows nothing: at its left and right each, and at its top and bottom each. `px`: of that Display. */
export const Bezel = z.strictObject({
  unit: z.enum(['mm', 'px']),
  sides: z.number().min(0).max(500),
  ends: z.number().min(0).max(500),
});
export type Bezel = z.infer<typeof Bezel>;

/** Where a Display lies on the desktop and how large it is, in CSS pixels; panel size as it is turned, from EDID, null when the display does not tell. */
export const DisplayGeometry = z.strictObject({
  x: z.int(),
  y: z.int(),
  widthPx: z.int().min(1),
  heightPx: z.int().min(1),
  widthMm: z.int().min(1).nullable(),
  heightMm: z.int().min(1).nullable(),
});
export type DisplayGeometry = z.infer<typeof DisplayGeometry>;

/** A Display where it hangs. */
export type HungDisplay = DisplayGeometry & { readonly displayKey: DisplayKey; readonly bezel: Bezel | null };

/** A Display's part of a canvas, from the canvas's top left. */
export type CanvasArea = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

/** One picture over several Displays and over what lies between them, in whole CSS pixels of the first of them. */
export type WallCanvas = { readonly wide: number; readonly high: number; readonly areas: ReadonlyMap<DisplayKey, CanvasArea> };

/** Millimetres that panels tell are rounded, or those of the next size: nearer than this two are taken as equally fine. */
const alike = 0.05;
/** What a panel that does not tell its size is taken for. */
const usualPxPerMm = 96 / 25.4;

/**
 * Lays the canvas. Who hangs beside and below whom is the desktop's arrangement; how large each is on the canvas is its size in millimetres where all
 * of them tell it, else in CSS pixels; edges that show nothing and gaps of the desktop are left free between them.
 */
export function wallCanvas(displays: readonly HungDisplay[]): WallCanvas {
  const factors = factorsOf(displays);
  const hung = displays.map((display, index) => {
    const unit = factors[index] ?? 1;
    const size = { width: display.widthPx * unit, height: display.heightPx * unit };
    return { display, unit, size, ...edgesOf(display, { unit, ...size }) };
  });
  const lefts = placed(
    hung.map(({ display: { x, y, widthPx, heightPx }, unit, size, sides }) => ({
      ...{ from: x, to: x + widthPx, across: [y, y + heightPx], unit, length: size.width, edge: sides },
    })),
  );
  const tops = placed(
    hung.map(({ display: { x, y, widthPx, heightPx }, unit, size, ends }) => ({
      ...{ from: y, to: y + heightPx, across: [x, x + widthPx], unit, length: size.height, edge: ends },
    })),
  );
  const areas = hung.map(({ display: { displayKey }, size }, index) => {
    const [left, top] = [Math.round(lefts[index] ?? 0), Math.round(tops[index] ?? 0)];
    return [displayKey, { left, top, width: Math.round(size.width), height: Math.round(size.height) }] as const;
  });
  return {
    wide: Math.max(0, ...areas.map(([, { left, width }]) => left + width)),
    high: Math.max(0, ...areas.map(([, { top, height }]) => top + height)),
    areas: new Map(areas),
  };
}

/** How large a CSS pixel of each is, the first one's being 1. */
function factorsOf(displays: readonly HungDisplay[]): readonly number[] {
  const sizes = displays.map(mmPerPx);
  const first = sizes[0];
  if (first == null || sizes.includes(null)) return displays.map(() => 1);
  return sizes.map((size) => {
    const factor = (size ?? first) / first;
    return Math.abs(factor - 1) < alike ? 1 : factor;
  });
}

function mmPerPx({ widthPx, heightPx, widthMm, heightMm }: HungDisplay): number | null {
  if (widthMm === null || heightMm === null) return null;
  return Math.hypot(widthMm, heightMm) / Math.hypot(widthPx, heightPx);
}

/** The blind edges in the canvas's pixels. */
function edgesOf({ bezel, widthMm, heightMm }: HungDisplay, { unit, width, height }: { unit: number; width: number; height: number }) {
  if (bezel === null) return { sides: 0, ends: 0 };
  if (bezel.unit === 'px') return { sides: bezel.sides * unit, ends: bezel.ends * unit };
  const perMm = widthMm === null || heightMm === null ? usualPxPerMm : Math.hypot(width, height) / Math.hypot(widthMm, heightMm);
  return { sides: bezel.sides * perMm, ends: bezel.ends * perMm };
}

/** A Display along one direction: where it begins and ends on the desktop, what it covers in the other direction, and how long it is on the canvas. */
type Stretch = {
  readonly from: number;
  readonly to: number;
  readonly across: readonly number[];
  readonly unit: number;
  readonly length: number;
  readonly edge: number;
};

/** Where each begins on the canvas: behind all that lie before it in its row, or as far from the beginning as on the desktop where none do. */
function placed(stretches: readonly Stretch[]): readonly number[] {
  const begin = Math.min(...stretches.map(({ from }) => from));
  const starts = new Map<Stretch, number>();
  for (const own of stretches.toSorted((a, b) => a.from - b.from)) {
    const before = [...starts].filter(([other]) => other.to <= own.from && isBeside(own, other));
    const behind = before.map(([other, start]) => start + other.length + other.edge + own.edge + (own.from - other.to) * own.unit);
    starts.set(own, before.length > 0 ? Math.max(...behind) : (own.from - begin) * own.unit);
  }
  return stretches.map((own) => starts.get(own) ?? 0);
}

function isBeside({ across: [a = 0, b = 0] }: Stretch, { across: [c = 0, d = 0] }: Stretch): boolean {
  return a < d && c < b;
}

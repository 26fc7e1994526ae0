import { z } from 'zod';
import { type CanvasArea, DisplayKey } from '#contract/wall/index.ts';

/** A Display's part of one map that lies over several of them: where on the picture, and how large the whole of that is. */
export type MapSpanPart = CanvasArea & {
  /** Which map; the same for all of its parts. */
  readonly spanId: string;
  /** Whose part this is: on another Display it does not fit to its neighbours. */
  readonly displayKey: DisplayKey;
  readonly wide: number;
  readonly high: number;
};

const Content = z.object({ span: z.string().min(1).max(64), display: DisplayKey, part: z.string().regex(/^\d{1,6}( \d{1,6}){5}$/) });

/** A part as the content of a tile: flat, so that it lies in the scene; what a map is pinned to may stand beside it. */
export function spanContent({ spanId, displayKey, left, top, width, height, wide, high }: MapSpanPart): Record<string, string> {
  return { span: spanId, display: displayKey, part: [left, top, width, height, wide, high].join(' ') };
}

/** The part that a map tile shows; null = a map of its own. */
export function spanPart(content: Readonly<Record<string, unknown>>): MapSpanPart | null {
  const parsed = Content.safeParse(content);
  if (!parsed.success) return null;
  const [left = 0, top = 0, width = 0, height = 0, wide = 0, high = 0] = parsed.data.part.split(' ').map(Number);
  if (width < 1 || height < 1 || left + width > wide || top + height > high) return null;
  return { spanId: parsed.data.span, displayKey: parsed.data.display, left, top, width, height, wide, high };
}

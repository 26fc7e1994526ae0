import type { PresentDisplay } from '#contract/bridge/index.ts';
import { type MapSpanPart, spanPart } from '#contract/map/index.ts';
import { type DisplayKey, type DisplayScene, shownTiles, type WallState } from '#contract/wall/index.ts';

/** A display that shows a part of a map over several, and the part. */
export type SpanDisplay = {
  readonly number: number;
  readonly displayKey: DisplayKey;
  readonly isPresent: boolean;
  readonly part: MapSpanPart;
};

/** All parts of one map that the walls show now, by the displays' numbers; with those of displays that are unplugged. */
export function spanDisplays({
  spanId,
  wall,
  present,
}: {
  spanId: string;
  wall: WallState;
  present: readonly Pick<PresentDisplay, 'displayKey'>[];
}): readonly SpanDisplay[] {
  return wall.displays
    .flatMap((scene): readonly SpanDisplay[] => {
      const part = partOf(scene, spanId);
      if (part === undefined) return [];
      const { number, displayKey } = scene;
      return [{ number, displayKey, part, isPresent: present.some((display) => display.displayKey === displayKey) }];
    })
    .toSorted((a, b) => a.number - b.number);
}

function partOf(scene: DisplayScene, spanId: string): MapSpanPart | undefined {
  return shownTiles(scene)
    .flatMap((tile) => (tile?.kind === 'map' ? (spanPart(tile.content) ?? []) : []))
    .find((part) => part.spanId === spanId);
}

/** Which parts carry what is said once for all: the one at the top left its words, the one at the bottom left its legend. */
export function isAtCorner(part: MapSpanPart, { others, corner }: { others: readonly MapSpanPart[]; corner: 'top' | 'bottom' }): boolean {
  const [first] = others.toSorted((a, b) => (corner === 'top' ? a.top - b.top : bottomOf(b) - bottomOf(a)) || a.left - b.left);
  return first === undefined || first.displayKey === part.displayKey;
}

function bottomOf({ top, height }: MapSpanPart): number {
  return top + height;
}

import { type CSSProperties, type RefObject, useEffect, useMemo, useState } from 'react';
import { spanPart } from '#contract/map/index.ts';
import type { DisplayKey, Tile } from '#contract/wall/index.ts';
import { useRoom } from '../../room/index.ts';
import type { MapPart } from '../engine/index.ts';
import { layOf } from '../engine/partElement.ts';
import { useMapDesk } from '../MapContext.tsx';
import { isInPlace, partOnDisplay } from './partOnDisplay.ts';
import { isAtCorner, type SpanDisplay, spanDisplays } from './spanDisplays.ts';

/** What a map tile that is a part of a larger map knows of it. */
export type Span = {
  /** Where the whole map lies behind the tile, for what is laid over it. */
  readonly lay: CSSProperties;
  readonly displays: readonly SpanDisplay[];
  readonly isInPlace: boolean;
  readonly tellsHead: boolean;
  readonly tellsLegend: boolean;
};

/** Leads the window's map to the part that this tile shows; null = it shows a map of its own. `ref`: the tile's element. */
export function useSpan({
  tile,
  displayKey,
  ref,
}: {
  tile: Tile;
  displayKey: DisplayKey;
  ref: RefObject<HTMLElement | null>;
}): Span | null {
  const desk = useMapDesk();
  const own = useMemo(() => spanPart(tile.content), [tile]);
  const wall = useRoom((room) => room.wall);
  const present = useRoom((room) => room.displays);
  const [measured, setMeasured] = useState<{ readonly part: MapPart; readonly isInPlace: boolean } | null>(null);
  useEffect(() => {
    const element = ref.current;
    // A tile that is pinned is another component: its map stays where it is until the next one says otherwise.
    if (own === null) desk.showPart(null);
    if (own === null || element === null) return;
    const measure = () => {
      const { innerWidth: width, innerHeight: height } = window;
      const display = { width, height };
      const part = partOnDisplay({ part: own, tile: element.getBoundingClientRect(), display });
      desk.showPart(part);
      setMeasured({ part, isInPlace: isInPlace({ part: own, displayKey, display }) });
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      observer.disconnect();
      setMeasured(null);
    };
  }, [desk, own, displayKey, ref]);
  if (own === null) return null;
  const displays = spanDisplays({ spanId: own.spanId, wall, present });
  // What is said once is said where somebody can see it.
  const others = displays.filter(({ isPresent }) => isPresent).map(({ part }) => part);
  return {
    lay: measured === null ? {} : layOf(measured.part),
    displays,
    isInPlace: measured?.isInPlace ?? true,
    tellsHead: isAtCorner(own, { others, corner: 'top' }),
    tellsLegend: isAtCorner(own, { others, corner: 'bottom' }),
  };
}

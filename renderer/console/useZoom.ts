import { type KeyboardEvent, type RefObject, useEffect, useState } from 'react';
import { noZoom, panBy, type Zoom, zoomBy, zoomKey, zoomLimits } from '../cameras/index.ts';

/** The part of a picture that is looked at, driven by wheel, pinch, drag (once it is zoomed) and keys on its element. */
export function useZoom(screen: RefObject<HTMLElement | null>): {
  readonly zoom: Zoom;
  readonly setZoom: (zoom: Zoom) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
} {
  const [zoom, setZoom] = useState(noZoom);
  useEffect(() => (screen.current === null ? undefined : listen(screen.current, setZoom)), [screen]);
  return {
    zoom,
    setZoom,
    onKeyDown: (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.target !== event.currentTarget) return;
      const next = zoomKey(zoom, event.key);
      if (next === null) return;
      event.preventDefault();
      setZoom(next);
    },
  };
}

type Change = (change: (zoom: Zoom) => Zoom) => void;

/** Listens on the element itself: React's wheel listeners cannot keep the page from scrolling. Returns the unsubscriber. */
function listen(element: HTMLElement, change: Change): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const pointers = new Map<number, { x: number; y: number }>();
  const pointOf = ({ clientX, clientY }: MouseEvent) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { x: (clientX - left) / width, y: (clientY - top) / height };
  };
  const onWheel = (event: WheelEvent) => {
    event.preventDefault();
    const at = pointOf(event);
    change((zoom) => zoomBy(zoom, { factor: event.deltaY < 0 ? zoomLimits.wheel : 1 / zoomLimits.wheel, at }));
  };
  const onMove = (event: PointerEvent) => {
    const before = pointers.get(event.pointerId);
    if (before === undefined) return;
    const now = pointOf(event);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    pointers.set(event.pointerId, now);
    if (other === undefined) return change((zoom) => panBy(zoom, { dx: now.x - before.x, dy: now.y - before.y }));
    const at = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
    const factor = Math.hypot(now.x - other.x, now.y - other.y) / Math.max(0.01, Math.hypot(before.x - other.x, before.y - other.y));
    change((zoom) => zoomBy(zoom, { factor, at }));
  };
  const onUp = ({ pointerId }: PointerEvent) => void pointers.delete(pointerId);
  element.addEventListener('wheel', onWheel, { passive: false, signal });
  element.addEventListener('pointerdown', (event) => void pointers.set(event.pointerId, pointOf(event)), { signal });
  element.ownerDocument.addEventListener('pointermove', onMove, { signal });
  for (const end of ['pointerup', 'pointercancel'] as const) element.ownerDocument.addEventListener(end, onUp, { signal });
  // A drag to the Wall takes the pointer away without a word of its own.
  element.addEventListener('dragstart', () => pointers.clear(), { signal });
  return () => stop.abort();
}

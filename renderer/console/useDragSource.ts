import { type RefObject, useEffect, useRef } from 'react';
import type { Carried } from './dropOutcome.ts';
import { type CarriedIncident, makeDraggable } from './dragging.ts';

/** Makes the element with this ref something that can be dragged to the Wall; null = not now. `own`: the element has a ref already. */
export function useDragSource<Drawn extends HTMLElement>(carried: Carried | CarriedIncident | null, own?: RefObject<Drawn | null>) {
  const made = useRef<Drawn>(null);
  const ref = own ?? made;
  const text = JSON.stringify(carried);
  useEffect(() => {
    const what = JSON.parse(text) as typeof carried;
    if (ref.current === null || what === null) return;
    return makeDraggable(ref.current, what);
  }, [text, ref]);
  return ref;
}

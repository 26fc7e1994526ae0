import { type RefObject, useEffect, useRef } from 'react';
import { type MapThing, useMapDesk } from '../map/index.ts';
import { camerasFor } from './camerasFor.ts';
import { useConsole } from './ConsoleContext.tsx';
import type { Carried } from './dropOutcome.ts';
import { type Dragged, makeDraggable } from './dragging.ts';

/**
 * Makes the element with this ref something that can be dragged to the Wall; null = not now. A thing of the map can be dragged there too, and
 * brings its pictures to the Wall. `own`: the element has a ref already.
 */
export function useDragSource<Drawn extends HTMLElement>(what: Carried | MapThing | null, own?: RefObject<Drawn | null>) {
  const made = useRef<Drawn>(null);
  const ref = own ?? made;
  const desk = useMapDesk();
  const { directory } = useConsole();
  const text = JSON.stringify(what);
  useEffect(() => {
    const taken = JSON.parse(text) as typeof what;
    if (ref.current === null || taken === null) return;
    return makeDraggable(ref.current, () => draggedOf(taken, (thing) => camerasFor(thing, { ...desk, directory: directory.getState() })));
  }, [text, ref, desk, directory]);
  return ref;
}

function draggedOf(what: Carried | MapThing, pictures: (thing: MapThing) => ReturnType<typeof camerasFor>): Dragged {
  switch (what.kind) {
    case 'camera':
      return { carried: what, thing: what };
    case 'cameras':
    case 'assigned':
    case 'tile':
    case 'cell':
      return { carried: what, thing: null };
    case 'region':
    case 'incident':
    case 'center':
    case 'responder':
    case 'group': {
      const cameraIds = pictures(what);
      return { carried: cameraIds.length === 0 ? null : { kind: 'cameras', cameraIds }, thing: what };
    }
  }
}

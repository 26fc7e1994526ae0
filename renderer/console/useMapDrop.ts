import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { useEffect, useRef } from 'react';
import type { MapDesk } from '../map/index.ts';
import { readThing } from './dragging.ts';

/** Makes an element one that takes a thing from a list: the map goes to where it is and chooses it. What was taken up on the map itself it lets be. */
export function useMapDrop(desk: MapDesk) {
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    return dropTargetForElements({
      element,
      canDrop: ({ source }) => readThing(source.data) !== null && source.element.dataset['fromMap'] === undefined,
      onDrop: ({ source }) => {
        const thing = readThing(source.data);
        // A region is seen whole; everything else stands at a place.
        if (thing?.kind === 'region') desk.enter(thing.regionId);
        else if (thing !== null) desk.showThing(thing);
      },
    });
  }, [desk]);
  return ref;
}

import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { useEffect, useRef } from 'react';
import type { MapDesk } from '../map/index.ts';
import { readCarried, readIncident } from './dragging.ts';

/** Makes an element one that takes a camera or an incident from a list: the map goes to where it is. */
export function useMapDrop(desk: MapDesk) {
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    return dropTargetForElements({
      element,
      canDrop: ({ source }) =>
        readIncident(source.data) !== null ||
        (readCarried(source.data)?.kind === 'camera' && source.element.dataset['mapCamera'] === undefined),
      onDrop: ({ source }) => {
        const carried = readCarried(source.data);
        const incidentId = readIncident(source.data);
        if (incidentId !== null) desk.showThing({ kind: 'incident', incidentId });
        if (carried?.kind === 'camera') desk.showCamera(carried.cameraId);
      },
    });
  }, [desk]);
  return ref;
}

import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import type { CameraId } from '#contract/values/index.ts';
import type { DisplayKey, Tile } from '#contract/wall/index.ts';
import type { MapThing } from '../map/index.ts';
import type { Place } from '../wall/index.ts';
import type { Carried } from './dropOutcome.ts';

/** What a drag brings: pictures to the Wall, a thing to the map; null = that one does not take it. */
export type Dragged = { readonly carried: Carried | null; readonly thing: MapThing | null };

/** Makes an element something that can be carried to the Wall or the map; what it brings is worked out when it is taken up. Returns the unsubscriber. */
export function makeDraggable(element: HTMLElement, dragged: () => Dragged): () => void {
  return draggable({ element, getInitialData: () => ({ ...dragged() }) });
}

/** Makes an element a place of the Wall that takes what is carried; returns the unsubscriber. */
export function makeDropPlace(
  element: HTMLElement,
  { place, onOver, onDrop }: { place: Place; onOver: (carried: Carried | null) => void; onDrop: (carried: Carried) => void },
): () => void {
  return combine(
    dropTargetForElements({
      element,
      getData: () => ({ displayKey: place.displayKey as string, cell: place.cell }),
      canDrop: ({ source }) => readCarried(source.data) !== null,
      onDragEnter: ({ source }) => onOver(readCarried(source.data)),
      onDragLeave: () => onOver(null),
      onDrop: ({ source }) => {
        onOver(null);
        const carried = readCarried(source.data);
        if (carried !== null) onDrop(carried);
      },
    }),
  );
}

/** Reads what a drag carries; null for drags of others. */
export function readCarried({ carried }: Record<string | symbol, unknown>): Carried | null {
  if (typeof carried !== 'object' || carried === null || !('kind' in carried)) return null;
  if (carried.kind === 'camera' && 'cameraId' in carried) return { kind: 'camera', cameraId: carried.cameraId as CameraId };
  if (carried.kind === 'cameras' && 'cameraIds' in carried) return { kind: 'cameras', cameraIds: carried.cameraIds as CameraId[] };
  if (carried.kind === 'tile' && 'tile' in carried) return { kind: 'tile', tile: carried.tile as Tile };
  if (carried.kind === 'cell' && 'from' in carried) return { kind: 'cell', from: carried.from as { displayKey: DisplayKey; cell: number } };
  return null;
}

/** Reads the thing of the map that a drag carries; null for all else. */
export function readThing({ thing }: Record<string | symbol, unknown>): MapThing | null {
  return typeof thing === 'object' && thing !== null && 'kind' in thing ? (thing as MapThing) : null;
}

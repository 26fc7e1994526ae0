import type { SharedSelection } from '#contract/map/index.ts';
import type { SelectionState } from './mapSelection.ts';

/** The chosen part of the map as other maps of the desk are told of it; null while there is none. */
export function sharedSelection({ area, anchor }: Pick<SelectionState, 'area' | 'anchor'>): SharedSelection | null {
  return area === null ? null : { area, anchor: anchor === null || anchor.kind === 'group' ? null : anchor };
}

/** A text that is the same for the same choice: where a circle around a person is now each map knows by itself. */
export function selectionKey(selection: SharedSelection | null): string {
  if (selection === null) return '';
  const { area, anchor } = selection;
  const goesAlong = area.kind === 'circle' && anchor?.kind === 'responder';
  return JSON.stringify([goesAlong ? { kind: area.kind, radiusM: area.radiusM } : area, anchor]);
}

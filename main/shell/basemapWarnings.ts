import type { RoomWarning } from '#contract/bridge/index.ts';
import type { DeskBasemap } from '#main/map/index.ts';

/** What every screen must say of the chosen basemap; the map itself says why. */
export function basemapWarnings({ served }: DeskBasemap): readonly RoomWarning[] {
  return served.refusal === null ? [] : ['basemapRefused'];
}

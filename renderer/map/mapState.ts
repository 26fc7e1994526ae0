import type { RegionLevel } from '#contract/directory/index.ts';
import type { PinnedLook } from '#contract/map/index.ts';
import type { Refusal, RegionId } from '#contract/values/index.ts';
import type { MapDetail, MapLayerName, MapThing, RefusedOutline } from './engine/index.ts';
import type { GroundTrouble } from './ground/index.ts';
import type { Heat } from './heat.ts';

/** Layers that can be switched, in the order of their keys 1 to 6. */
export const layerNames = ['areas', 'incidents', 'responders', 'cameras', 'centers', 'heat'] as const satisfies readonly MapLayerName[];

/** `refused`: the setting is wrong and the pack is drawn. `missing`: its tiles do not come. */
export type GroundNote =
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'missing'; readonly why: GroundTrouble };

/** What of the map is told in words beside it. View state: gone with the window. */
export type MapState = {
  /** Why the ground that was chosen is not seen; null = it is, or none was chosen. */
  readonly ground: GroundNote | null;
  /** How much larger signs and names are than for somebody who sits before them: walls are read from afar. */
  readonly scale: number;
  readonly engine: 'waiting' | 'open' | 'failed' | 'undrawable';
  /** Where the land's picture comes from; `none` = no pack is there yet. */
  readonly pack: 'waiting' | 'none' | 'drawn';
  readonly attribution: { readonly zh: string; readonly en: string } | null;
  readonly level: RegionLevel | null;
  /** The region one has gone into; null = the whole territory. */
  readonly focus: RegionId | null;
  readonly chosen: MapThing | null;
  readonly shown: Readonly<Record<MapLayerName, boolean>>;
  readonly refused: readonly RefusedOutline[];
  /** What is drawn while frames take too long: said in words, so that a map without houses is no county without houses. */
  readonly detail: MapDetail;
  /** What the areas that are drawn now say, so that the legend names nothing else. */
  readonly loads: {
    readonly open: number;
    readonly nearlyLate: number;
    readonly late: number;
    readonly silent: number;
    /** Open, but of a grid that the directory does not know: in the list, on no area. */
    readonly nowhere: number;
  };
  /** When these were worked out, platform time; null = not yet. Lists that count the same things count them as of then. */
  readonly loadsAtMs: number | null;
  /** How many were sent to something that is open. */
  readonly assignments: number;
  /** Whether now can be compared with past weeks. */
  readonly heat: Heat;
  /** Whether the chosen responder's way is kept, or why not; it is once the record says who looks at it. */
  readonly way: 'none' | 'kept' | Refusal;
  /** Responders who say that they are outside the territory. */
  readonly outside: number;
  /** Whether this map looks where the desk's maps look together, goes its own way, or is pinned to a look. */
  readonly following: 'live' | 'own' | PinnedLook;
  /** Somebody's hand moves this map while another console leads the desk's maps: when it rests, the map goes there. */
  readonly isLed: boolean;
};

export const emptyMapState: MapState = {
  ground: null,
  scale: 1,
  engine: 'waiting',
  pack: 'waiting',
  attribution: null,
  level: null,
  focus: null,
  chosen: null,
  shown: { areas: true, incidents: true, responders: true, cameras: true, centers: true, heat: false },
  refused: [],
  detail: { ratioShare: 1, land: 'full', ages: 'rings' },
  loads: { open: 0, nearlyLate: 0, late: 0, silent: 0, nowhere: 0 },
  loadsAtMs: null,
  assignments: 0,
  heat: { kind: 'unknown' },
  way: 'none',
  outside: 0,
  following: 'live',
  isLed: false,
};

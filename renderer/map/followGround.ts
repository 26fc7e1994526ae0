import type { StoreApi } from 'zustand/vanilla';
import type { PackManifest, ServedBasemap } from '#contract/map/index.ts';
import { type MapEngine, takeProtocol } from './engine/index.ts';
import { groundProtocol, type GroundSheet, openGround } from './ground/index.ts';
import type { MapDeskPorts } from './mapDesk.ts';
import type { MapState } from './mapState.ts';
import { groundSource, type MapGroundLook } from './style/index.ts';

/** What lies under borders and names, as it comes. */
export type FollowedGround = {
  look(): MapGroundLook;
  /** Who is to be named beside the pack; null = the pack alone is drawn. */
  attribution(): string | null;
  /** Where the county lies has become known. */
  judge(pack: PackManifest): void;
  stop(): void;
};

type Options = Pick<MapDeskPorts, 'fetcher' | 'timers' | 'randomness'> & {
  readonly served: ServedBasemap;
  readonly engine: Pick<MapEngine, 'askAgain'>;
  readonly store: StoreApi<MapState>;
  /** There is something else to draw. */
  readonly onLook: () => void;
};

const packGround: FollowedGround = { look: () => ({ kind: 'pack' }), attribution: () => null, judge: () => {}, stop: () => {} };

/** Opens what was chosen; while its tiles do not come the map says why, in `ground` of its state. */
export function followGround({ served: { basemap, refusal }, engine, store, onLook, ...ports }: Options): FollowedGround {
  if (basemap.kind === 'pack') {
    if (refusal !== null) {
      const { code, params } = refusal;
      store.setState({ ground: { kind: 'refused', refusal: params === undefined ? { code } : { code, params } } });
    }
    return packGround;
  }
  let sheets: readonly GroundSheet[] = [];
  let county: PackManifest['bounds'] | null = null;
  const judge = () => {
    const bounds = county;
    if (bounds === null || sheets.length === 0) return;
    const isElsewhere = sheets.every((sheet) => sheet.bounds !== null && !areTouching(sheet.bounds, bounds));
    if (isElsewhere) store.setState({ ground: { kind: 'missing', why: 'elsewhere' } });
  };
  const ground = openGround({
    ...{ ...ports, basemap },
    decode: (picture) => createImageBitmap(picture),
    onSheets: (opened) => {
      sheets = opened;
      judge();
      onLook();
    },
    onTrouble: (why) => store.setState({ ground: why === null ? null : { kind: 'missing', why } }),
    onAgain: (sheet, tiles) => engine.askAgain(groundSource(sheet), tiles),
  });
  const close = takeProtocol(groundProtocol, (request, ending) => ground.load(request, ending));
  return {
    look: () => ({ kind: basemap.kind === 'wmts' ? 'pictures' : basemap.tiles, sheets }),
    attribution: () => basemap.attribution,
    judge: (pack) => {
      county = pack.bounds;
      judge();
    },
    stop: () => {
      ground.stop();
      close();
    },
  };
}

type Bounds = readonly [number, number, number, number];

function areTouching([west, south, east, north]: Bounds, [otherWest, otherSouth, otherEast, otherNorth]: Bounds): boolean {
  return west < otherEast && otherWest < east && south < otherNorth && otherSouth < north;
}

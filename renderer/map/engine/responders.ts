import type { Layer } from '@deck.gl/core';
import { positionAt, type PositionColumns } from '#contract/responders/index.ts';
import type { MapColors } from './colors.ts';
import { ResponderLayer, type ResponderLook } from './responderLayer.ts';
import { createResponderSlots } from './slots.ts';

/** Responders as they are drawn, by their number in the directory. */
export type Responders = {
  /** Takes what the columns say; `remake`: there are more of them than ever, layers must be made anew. */
  take(columns: PositionColumns): 'same' | 'remake';
  /** Platform time: ages move with it. */
  setNow(nowMs: number): void;
  setColors(colors: MapColors): void;
  choose(index: number | null): void;
  show(shown: 'shown' | 'hidden'): void;
  /** Factor on their size, as far as there is room. */
  setScale(scale: number): void;
  /** How wide the map is, CSS pixels. */
  setRoom(widthPx: number): void;
  showAges(ages: 'rings' | 'none'): void;
  layers(under: { readonly beforeId: string | undefined }): Layer[];
  /** Whoever is drawn nearest to a point of the screen, within reach; -1 = nobody. */
  near(of: {
    readonly project: (place: readonly [number, number]) => { x: number; y: number };
    readonly x: number;
    readonly y: number;
  }): number;
  /** Where he is; null = nobody ever heard of him. */
  placeOf(index: number): readonly [number, number] | null;
};

const sizePx = 4.6;
const reachPx = 11;
// Ages of up to a day can be told; older is older.
const reachBackMs = 86_400_000;

// Seen smaller than this, a map of hundreds of people as large as words on a wall would be nothing but people.
const roomyPx = 900;

/** How much larger people are drawn: as words are, where the map is large enough for that. */
export function crowdScale({ scale, widthPx }: { scale: number; widthPx: number }): number {
  return Math.min(scale, Math.max(1, widthPx / roomyPx));
}

export function createResponders({ colors, nowMs }: { colors: MapColors; nowMs: number }): Responders {
  const slots = createResponderSlots({ zeroMs: nowMs - reachBackMs });
  const look: ResponderLook = { nowSeconds: slots.secondsOf(nowMs), colors, chosen: -1, sizePx, ages: 'rings' };
  let columns: PositionColumns | null = null;
  let isShown = true;
  let [wanted, widthPx] = [1, 0];
  const scale = () => crowdScale({ scale: wanted, widthPx });
  const resize = () => {
    look.sizePx = isShown ? sizePx * scale() : 0;
  };
  return {
    take: (next) => {
      columns = next;
      return slots.take(next) === 'grown' ? 'remake' : 'same';
    },
    setNow: (now) => {
      look.nowSeconds = slots.secondsOf(now);
    },
    setColors: (next) => {
      look.colors = next;
    },
    choose: (index) => {
      look.chosen = index ?? -1;
    },
    show: (shown) => {
      isShown = shown === 'shown';
      resize();
    },
    setScale: (next) => {
      wanted = next;
      resize();
    },
    setRoom: (next) => {
      widthPx = next;
      resize();
    },
    showAges: (ages) => {
      look.ages = ages;
    },
    layers: ({ beforeId }) => [
      new ResponderLayer({
        id: 'responders',
        data: slots.source(),
        look,
        parameters: { depthCompare: 'always', depthWriteEnabled: false },
        ...(beforeId === undefined ? {} : { beforeId }),
      } as ConstructorParameters<typeof ResponderLayer>[0]),
    ],
    near: ({ project, x, y }) => {
      let [nearest, least] = [-1, reachPx * scale()];
      if (columns === null || !isShown) return nearest;
      const { measuredAtMs, lngLat } = columns;
      for (let index = 0; index < measuredAtMs.length; index += 1) {
        if (measuredAtMs[index] === 0) continue;
        const drawn = project([lngLat[index * 2] ?? 0, lngLat[index * 2 + 1] ?? 0]);
        const distance = Math.hypot(drawn.x - x, drawn.y - y);
        if (distance < least) [nearest, least] = [index, distance];
      }
      return nearest;
    },
    placeOf: (index) => {
      const position = columns === null ? null : positionAt(columns, index);
      return position === null ? null : [position.lng, position.lat];
    },
  };
}

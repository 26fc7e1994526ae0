import type { Layer } from '@deck.gl/core';
import { bytesOf, type MapColors, toneOf } from './colors.ts';
import { makeSource } from './instancedSource.ts';
import { formOf, markColumns, MarkLayer, type MarkShape } from './markLayer.ts';

/** A sign at a place. `id` is what a click on it gives back. */
export type PointMark = {
  readonly id: string;
  readonly place: readonly [number, number];
  readonly shape: MarkShape;
  readonly tone: 'critical' | 'major' | 'minor' | 'quiet' | 'stale';
  readonly sizePx: number;
};

/** Signs of one kind, each for itself. */
export type PointMarks = {
  /** `remake`: there are more than ever, layers must be made anew. */
  setMarks(marks: readonly PointMark[]): 'same' | 'remake';
  setColors(colors: MapColors): void;
  choose(id: string | null): void;
  show(shown: 'shown' | 'hidden'): void;
  /** Factor on all sizes. */
  setScale(scale: number): void;
  layers(under: { readonly beforeId: string | undefined }): Layer[];
  /** The topmost one that is drawn within reach of a point; null = none. */
  near(of: {
    readonly project: (place: readonly [number, number]) => { x: number; y: number };
    readonly x: number;
    readonly y: number;
  }): string | null;
};

const step = 256;

export function createPointMarks({ name, colors: first }: { name: string; colors: MapColors }): PointMarks {
  let source = makeSource(step, markColumns);
  let marks: readonly PointMark[] = [];
  let colors = first;
  let chosen: string | null = null;
  let isShown = true;
  const look = { ground: () => [...colors.ground, 1], chosen: () => [...colors.chosen, 1], scale: 1 };
  const write = () => {
    const { place, tone, form } = source.attributes;
    for (const [at, mark] of marks.entries()) {
      place?.value.set(mark.place, at * 2);
      tone?.value.set(bytesOf(toneOf(colors, mark.tone)), at * 4);
      form?.value.set(formOf({ shape: mark.shape, halfPx: mark.sizePx, isChosen: mark.id === chosen }), at * 2);
    }
    form?.value.fill(0, marks.length * 2);
    source.used = isShown ? marks.length : 0;
    source.written.length = 0;
    for (const column of ['place', 'tone', 'form']) source.written.push({ name: column, from: 0, to: source.length });
  };
  return {
    setMarks: (next) => {
      marks = next;
      const isGrown = next.length > source.length;
      if (isGrown) source = makeSource(Math.ceil(next.length / step) * step, markColumns);
      write();
      return isGrown ? 'remake' : 'same';
    },
    setColors: (next) => {
      colors = next;
      write();
    },
    choose: (id) => {
      chosen = id;
      write();
    },
    show: (shown) => {
      isShown = shown === 'shown';
      write();
    },
    setScale: (scale) => {
      look.scale = scale;
    },
    layers: ({ beforeId }) => [
      new MarkLayer({
        id: `${name}-marks`,
        data: source,
        look,
        parameters: { depthCompare: 'always', depthWriteEnabled: false },
        ...(beforeId === undefined ? {} : { beforeId }),
      } as ConstructorParameters<typeof MarkLayer>[0]),
    ],
    near: ({ project, x, y }) => {
      if (!isShown) return null;
      const hit = marks.findLast(({ place, sizePx }) => {
        const drawn = project(place);
        return Math.hypot(drawn.x - x, drawn.y - y) <= sizePx * look.scale + 4;
      });
      return hit?.id ?? null;
    },
  };
}

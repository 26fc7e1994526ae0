import type { Layer } from '@deck.gl/core';
import { groundDistanceM } from '#contract/map/index.ts';
import { isStale, positionAt, type PositionColumns } from '#contract/responders/index.ts';
import { arcColumns, ArcLayer, type ArcLook } from './arcLayer.ts';
import { bytesOf, type MapColors, toneOf } from './colors.ts';
import { makeSource } from './instancedSource.ts';

/** Somebody who was sent somewhere: his number in the directory, where to, and how much that asks for eyes. */
export type AssignmentLine = {
  readonly responder: number;
  readonly place: readonly [number, number];
  readonly tone: 'critical' | 'major' | 'minor';
};

/** Arcs from where people are to where they were sent. */
export type Assignments = {
  setLines(lines: readonly AssignmentLine[]): void;
  /** Takes where people are, and platform time; `remake`: there are more arcs than ever, or the first, and layers must be made anew. */
  take(columns: PositionColumns | null, nowMs: number): 'same' | 'remake';
  setColors(colors: MapColors): void;
  show(name: 'incidents' | 'responders', shown: 'shown' | 'hidden'): void;
  setScale(scale: number): void;
  layers(under: { readonly beforeId: string | undefined }): Layer[];
};

type Arc = {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  readonly tone: AssignmentLine['tone'] | 'stale';
};

const widthPx = 1.6;
const step = 64;
/** Whoever is as near as this has arrived. */
const arrivedM = 25;

export function createAssignments(first: MapColors): Assignments {
  let source = makeSource(step, arcColumns);
  let colors = first;
  let lines: readonly AssignmentLine[] = [];
  let arcs: readonly Arc[] = [];
  // A layer of nothing would still be compiled before the map's first picture.
  let hadArcs = false;
  const look: ArcLook = { widthPx };
  const isShown = { incidents: true, responders: true };
  const write = () => {
    const { origin, goal, tone } = source.attributes;
    for (const [at, arc] of arcs.entries()) {
      origin?.value.set(arc.from, at * 2);
      goal?.value.set(arc.to, at * 2);
      tone?.value.set(bytesOf(toneOf(colors, arc.tone)), at * 4);
    }
    // Both ends are to be seen: an arc from nobody to nothing says nothing.
    source.used = isShown.incidents && isShown.responders ? arcs.length : 0;
    source.written.length = 0;
    for (const name of ['origin', 'goal', 'tone']) source.written.push({ name, from: 0, to: arcs.length });
  };
  return {
    setLines: (next) => {
      lines = next;
    },
    take: (columns, nowMs) => {
      const next = columns === null ? [] : lines.flatMap((line) => arcOf(line, { columns, nowMs }));
      if (next.length === arcs.length && next.every((arc, at) => isSame(arc, arcs[at]))) return 'same';
      arcs = next;
      const isGrown = next.length > source.length;
      const isFirst = !hadArcs && next.length > 0;
      hadArcs ||= isFirst;
      if (isGrown) source = makeSource(Math.ceil(next.length / step) * step, arcColumns);
      write();
      return isGrown || isFirst ? 'remake' : 'same';
    },
    setColors: (next) => {
      colors = next;
      write();
    },
    show: (name, shown) => {
      isShown[name] = shown === 'shown';
      write();
    },
    setScale: (scale) => {
      look.widthPx = widthPx * scale;
    },
    layers: ({ beforeId }) =>
      hadArcs
        ? [
            new ArcLayer({
              id: 'assignments',
              data: source,
              look,
              parameters: { depthCompare: 'always', depthWriteEnabled: false },
              ...(beforeId === undefined ? {} : { beforeId }),
            } as ConstructorParameters<typeof ArcLayer>[0]),
          ]
        : [],
  };
}

/** None for somebody of whom nobody ever heard, and for somebody who is there. */
function arcOf(
  { responder, place, tone }: AssignmentLine,
  { columns, nowMs }: { columns: PositionColumns; nowMs: number },
): readonly Arc[] {
  const position = positionAt(columns, responder);
  if (position === null) return [];
  const from = [position.lng, position.lat] as const;
  if (groundDistanceM(from, place) < arrivedM) return [];
  return [{ from, to: place, tone: isStale({ measuredAtMs: position.measuredAtMs, nowMs }) ? 'stale' : tone }];
}

function isSame(a: Arc, b: Arc | undefined): boolean {
  return b !== undefined && a.tone === b.tone && a.from[0] === b.from[0] && a.from[1] === b.from[1] && a.to === b.to;
}

import type { DrawingId, DrawingKind } from '#contract/map/index.ts';
import type { LngLat } from '#contract/values/index.ts';
import { legibleWords } from './legibleWords.ts';

/** One drawing as it is shown now. `waiting`: the platform has not said yes; `draft`: it is being drawn. `refused`: it said no. */
export type ShownDrawing = {
  readonly id: DrawingId | 'draft';
  readonly kind: DrawingKind;
  readonly points: readonly LngLat[];
  readonly text: string | null;
  readonly look: 'standing' | 'fading' | 'waiting' | 'draft' | 'refused';
};

type Point = { readonly x: number; readonly y: number };

/** Drawings over the map as elements of the page: sharp at every pixel ratio, in the theme's colours, and no cost while nothing moves. */
export type DrawingShapes = {
  show(drawings: readonly ShownDrawing[]): void;
  /** Puts every drawing where its places are drawn now. */
  place(pointOf: (place: LngLat) => Point): void;
  /** The topmost drawing within reach of a point. */
  at(point: Point): DrawingId | null;
};

type Drawn = { readonly drawing: ShownDrawing; readonly group: SVGGElement; readonly path: SVGPathElement; readonly words: SVGTextElement };
type Size = { readonly width: number; readonly height: number };

const reachPx = 14;
const headPx = 13;
const flagPx = 11;

/** Draws into an SVG that covers the map. */
export function createDrawingShapes(svg: SVGSVGElement): DrawingShapes {
  let drawn: readonly Drawn[] = [];
  let points: readonly (readonly Point[])[] = [];
  // Measured once for what is shown: a map that moves asks the page for no layout.
  let sizes: readonly Size[] | null = null;
  return {
    show: (drawings) => {
      svg.replaceChildren();
      drawn = drawings.map((drawing) => make(svg, drawing));
      sizes = null;
    },
    place: (pointOf) => {
      sizes ??= drawn.map(({ words }) => sizeOf(words));
      points = drawn.map(({ drawing }) => drawing.points.map(pointOf));
      const places = drawn.map(({ drawing }, index) => wordsAt(drawing.kind, points[index] ?? []));
      const legible = legibleWords(places.map((at, index) => ({ ...at, ...(sizes?.[index] ?? nowhere) })));
      for (const [index, { drawing, path, words }] of drawn.entries()) {
        const at = places[index] ?? { x: 0, y: 0 };
        // Words that find no room leave a dot in their place.
        const isDot = drawing.kind === 'text' && legible[index] !== true;
        path.setAttribute('d', isDot ? dotAt(at) : pathOf(drawing.kind, points[index] ?? []));
        words.setAttribute('visibility', legible[index] === true ? 'visible' : 'hidden');
        words.setAttribute('transform', `translate(${at.x.toFixed(1)} ${at.y.toFixed(1)})`);
      }
    },
    at: (point) => {
      const index = points.findLastIndex((own, each) => isNear(drawn[each]?.drawing.kind, { own, point }));
      const id = drawn[index]?.drawing.id;
      return id === undefined || id === 'draft' ? null : id;
    },
  };
}

const nowhere: Size = { width: 0, height: 0 };

function sizeOf(words: SVGTextElement): Size {
  if (words.textContent === '') return nowhere;
  const { width, height } = words.getBBox();
  return { width, height };
}

function make(svg: SVGSVGElement, drawing: ShownDrawing): Drawn {
  const of = <Name extends 'g' | 'path' | 'text'>(name: Name) => svg.ownerDocument.createElementNS('http://www.w3.org/2000/svg', name);
  const group = svg.appendChild(of('g'));
  group.dataset['drawing'] = drawing.id;
  group.dataset['kind'] = drawing.kind;
  group.dataset['look'] = drawing.look;
  const path = group.appendChild(of('path'));
  const words = group.appendChild(of('text'));
  // Its shape says it too: colour alone is not seen by everybody.
  words.textContent = drawing.look === 'refused' ? `✕ ${drawing.text ?? ''}` : drawing.text;
  return { drawing, group, path, words };
}

function pathOf(kind: DrawingKind, points: readonly Point[]): string {
  const [first] = points;
  if (first === undefined) return '';
  const line = `M${points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}`;
  switch (kind) {
    case 'line':
      return line;
    case 'area':
      return `${line}Z`;
    case 'arrow':
      return `${line}${headOf(points)}`;
    case 'text':
      return '';
    case 'assemblyPoint': {
      const { x, y } = first;
      return `M${x} ${y}V${y - 2.4 * flagPx}H${x + 1.6 * flagPx}L${x + 1.1 * flagPx} ${y - 1.8 * flagPx}L${x + 1.6 * flagPx} ${y - 1.2 * flagPx}H${x}`;
    }
  }
}

const dotPx = 3;

function dotAt({ x, y }: Point): string {
  return `M${(x - dotPx).toFixed(1)} ${y.toFixed(1)}a${dotPx} ${dotPx} 0 1 0 ${2 * dotPx} 0a${dotPx} ${dotPx} 0 1 0 ${-2 * dotPx} 0`;
}

/** The two strokes of an arrow's head, along its last stretch. */
function headOf(points: readonly Point[]): string {
  const [from, to] = points.slice(-2);
  if (from === undefined || to === undefined) return '';
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const side = (turn: number) =>
    `${(to.x - headPx * Math.cos(angle + turn)).toFixed(1)} ${(to.y - headPx * Math.sin(angle + turn)).toFixed(1)}`;
  return `M${side(0.5)}L${to.x.toFixed(1)} ${to.y.toFixed(1)}L${side(-0.5)}`;
}

function wordsAt(kind: DrawingKind, points: readonly Point[]): Point {
  const last = points.at(-1) ?? { x: 0, y: 0 };
  switch (kind) {
    case 'text':
      return last;
    case 'assemblyPoint':
      return { x: last.x, y: last.y + 18 };
    case 'arrow':
    case 'line':
      return { x: last.x, y: last.y - 12 };
    case 'area':
      return { x: middle(points, 'x'), y: middle(points, 'y') };
  }
}

function middle(points: readonly Point[], axis: 'x' | 'y'): number {
  return points.reduce((sum, point) => sum + point[axis], 0) / Math.max(1, points.length);
}

function isNear(kind: DrawingKind | undefined, { own, point }: { own: readonly Point[]; point: Point }): boolean {
  if (kind === undefined) return false;
  const ends = kind === 'area' ? [...own, ...own.slice(0, 1)] : own;
  if (ends.length === 1) return distance(ends[0] ?? point, point) <= 2 * reachPx;
  return ends.slice(1).some((to, index) => toStretch(point, { from: ends[index] ?? to, to }) <= reachPx);
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function toStretch(point: Point, { from, to }: { from: Point; to: Point }): number {
  const squared = (to.x - from.x) ** 2 + (to.y - from.y) ** 2;
  const share = squared === 0 ? 0 : ((point.x - from.x) * (to.x - from.x) + (point.y - from.y) * (to.y - from.y)) / squared;
  const within = Math.max(0, Math.min(1, share));
  return distance(point, { x: from.x + within * (to.x - from.x), y: from.y + within * (to.y - from.y) });
}

import { circleRing } from '#contract/map/index.ts';
import type { LngLat, RegionId } from '#contract/values/index.ts';
import type { MapEngine } from '../engine/index.ts';
import type { SelectionState } from './mapSelection.ts';

/** The elements that the chosen area and the drawn line are written into. */
export type SketchElements = { readonly area: SVGPathElement; readonly line: SVGPathElement; readonly middle: SVGPathElement };

type Sketch = {
  readonly state: SelectionState;
  readonly elements: SketchElements;
  readonly engine: Pick<MapEngine, 'pointOf'>;
  readonly ringsOf: (regionId: RegionId) => readonly (readonly LngLat[])[] | null;
};

const crossPx = 7;

/** Writes the chosen area where the map draws its places now: a few attributes, no element made. */
export function drawSketch({ state: { area, line }, elements, engine, ringsOf }: Sketch): void {
  const pathOf = (places: readonly LngLat[], end: 'open' | 'closed') => {
    if (places.length === 0) return '';
    const points = places.map((place) => engine.pointOf(place)).map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`);
    return `M${points.join('L')}${end === 'closed' ? 'Z' : ''}`;
  };
  const rings = area === null ? [] : ringsOfArea(area, ringsOf);
  elements.area.setAttribute('d', rings.map((ring) => pathOf(ring, 'closed')).join(''));
  elements.line.setAttribute('d', line === null ? '' : pathOf([...line.places, ...(line.cursor === null ? [] : [line.cursor])], 'open'));
  const middle = line?.cursor ?? (area?.kind === 'circle' ? area.at : null);
  elements.middle.setAttribute('d', middle === null ? '' : crossAt(engine.pointOf(middle)));
}

function ringsOfArea(area: NonNullable<SelectionState['area']>, ringsOf: Sketch['ringsOf']): readonly (readonly LngLat[])[] {
  switch (area.kind) {
    case 'circle':
      return [circleRing(area)];
    case 'lasso':
      return [area.ring];
    case 'region':
      return ringsOf(area.regionId) ?? [];
  }
}

function crossAt({ x, y }: { readonly x: number; readonly y: number }): string {
  return `M${x - crossPx} ${y}H${x + crossPx}M${x} ${y - crossPx}V${y + crossPx}`;
}

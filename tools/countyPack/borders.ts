import type { RegionLevel } from '#contract/directory/index.ts';
import type { LngLat } from '#contract/values/index.ts';
import type { Demo } from './heightField.ts';

/** A piece of border, of the widest level that it bounds. */
export type Border = { readonly level: RegionLevel; readonly line: readonly LngLat[] };

const levels: readonly RegionLevel[] = ['county', 'town', 'village', 'grid'];

/** Outlines share their points; each stretch becomes one line, of the widest level that has it, so that no dashes lie over each other. */
export function bordersOf({ regions, polygons }: Demo): Border[] {
  const levelOf = new Map(regions.map(({ id, level }) => [id, level]));
  const drawn = new Set<string>();
  return levels.flatMap((level) =>
    polygons
      .filter(({ regionId }) => levelOf.get(regionId) === level)
      .flatMap(({ rings }) => rings.flatMap((ring) => newStretches({ ring, level, drawn }))),
  );
}

function newStretches({ ring, level, drawn }: { ring: readonly LngLat[]; level: RegionLevel; drawn: Set<string> }): Border[] {
  const stretches: LngLat[][] = [];
  let isGoingOn = false;
  ring.forEach((to, index) => {
    const from = ring[index - 1];
    if (from === undefined) return;
    const key = stepKey(from, to);
    const isNew = !drawn.has(key);
    drawn.add(key);
    if (isNew && isGoingOn) stretches.at(-1)?.push(to);
    else if (isNew) stretches.push([from, to]);
    isGoingOn = isNew;
  });
  return stretches.map((line) => ({ level, line }));
}

function stepKey(from: LngLat, to: LngLat): string {
  const [one, other] = [from.join(), to.join()];
  return one < other ? `${one};${other}` : `${other};${one}`;
}

import Flatbush from 'flatbush';
import { groundDistanceM, type HeightGrid, heightAt, type SightPoint } from '#contract/map/index.ts';
import type { LngLat } from '#contract/values/index.ts';

/** A building that stands in the way of looks: its rings (degrees, WGS-84; holes count as open) and its height above the ground in metres. */
export type Building = { readonly rings: readonly (readonly LngLat[])[]; readonly heightM: number };

/** How far from the eye (metres) the first building hides the target; null where none does. */
export type BuildingsInTheWay = (look: { readonly eye: SightPoint; readonly target: SightPoint }) => number | null;

/** A camera hangs on the wall of a house: walls nearer than this to either end do not count. */
const ownWallM = 12;

/** Indexes buildings once; a look then asks only those whose box it crosses. `heights` null: the land is taken as flat. */
export function createBuildingsInTheWay({
  buildings,
  heights,
}: {
  buildings: readonly Building[];
  heights: HeightGrid | null;
}): BuildingsInTheWay {
  if (buildings.length === 0) return () => null;
  const index = new Flatbush(buildings.length);
  for (const { rings } of buildings) index.add(...boxOf(rings));
  index.finish();
  const ground = (at: LngLat) => (heights === null ? 0 : (heightAt(heights, at) ?? 0));
  return ({ eye, target }) => {
    const line = { from: eye.at, to: target.at };
    const wholeM = groundDistanceM(eye.at, target.at);
    const [eyeM, targetM] = [ground(eye.at) + eye.aboveGroundM, ground(target.at) + target.aboveGroundM];
    let nearestM: number | null = null;
    for (const found of index.search(...boxOf([[eye.at, target.at]]))) {
      const building = buildings[found];
      if (building === undefined) continue;
      for (const share of crossings(building.rings, line)) {
        const wayM = share * wholeM;
        const at: LngLat = [line.from[0] + (line.to[0] - line.from[0]) * share, line.from[1] + (line.to[1] - line.from[1]) * share];
        const hides = ground(at) + building.heightM > eyeM + (targetM - eyeM) * share;
        if (hides && wayM > ownWallM && wayM < wholeM - ownWallM && wayM < (nearestM ?? Number.POSITIVE_INFINITY)) nearestM = wayM;
      }
    }
    return nearestM;
  };
}

type Line = { readonly from: LngLat; readonly to: LngLat };

/** Shares of the line's length at which it crosses a wall. */
function crossings(rings: Building['rings'], line: Line): number[] {
  return rings.flatMap((ring) =>
    ring.flatMap((corner, index) => shareOfCrossing(line, { from: corner, to: ring[index + 1] ?? corner }) ?? []),
  );
}

function shareOfCrossing({ from, to }: Line, wall: Line): number | null {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const [wx, wy] = [wall.to[0] - wall.from[0], wall.to[1] - wall.from[1]];
  const turned = dx * wy - dy * wx;
  if (turned === 0) return null;
  const [ox, oy] = [wall.from[0] - from[0], wall.from[1] - from[1]];
  const along = (ox * wy - oy * wx) / turned;
  const onWall = (ox * dy - oy * dx) / turned;
  return along >= 0 && along <= 1 && onWall >= 0 && onWall <= 1 ? along : null;
}

function boxOf(rings: Building['rings']): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lng, lat] of rings.flat()) {
    box[0] = Math.min(box[0], lng);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lng);
    box[3] = Math.max(box[3], lat);
  }
  return box;
}

import type { RegionPolygon } from '#contract/directory/index.ts';
import type { RegionId } from '#contract/values/index.ts';
import { believe } from './believe.ts';
import type { Candidate } from './candidate.ts';
import { type CoordinateSystem, toWgs84 } from './coordinates.ts';
import type { Problems } from './problems.ts';
import type { RawPoint } from './readings.ts';

type Placed = Candidate & { readonly point: RawPoint };

/**
 * Decides in which coordinate system a file's points are, and says why. A declared system stands, also when its points contradict it;
 * an undeclared one is the one that fits, WGS-84 when that cannot be told. The points as they stand in the file are kept beside.
 */
export function settleCoordinates({
  file,
  candidates,
  outlines,
  problems,
}: {
  file: string;
  candidates: readonly Candidate[];
  outlines: ReadonlyMap<RegionId, RegionPolygon>;
  problems: Problems;
}): readonly Candidate[] {
  const placed = candidates.filter((candidate): candidate is Placed => candidate.point !== null);
  const groups = Map.groupBy(placed, ({ point }) => `${point.claimed} ${point.isDeclared}`);
  const systems = new Map([...groups].map(([key, group]) => [key, systemOf({ file, group, outlines, problems })]));
  return candidates.map((candidate) => {
    const { point } = candidate;
    const system = point === null ? undefined : systems.get(`${point.claimed} ${point.isDeclared}`);
    return point === null || system === undefined ? candidate : located({ candidate, point, system });
  });
}

function systemOf({
  file,
  group,
  outlines,
  problems,
}: {
  file: string;
  group: readonly Placed[];
  outlines: ReadonlyMap<RegionId, RegionPolygon>;
  problems: Problems;
}): CoordinateSystem {
  const about = { file, line: 0, column: null, value: '' };
  const [first] = group;
  const { claimed, isDeclared } = first?.point ?? ({ claimed: 'WGS84', isDeclared: false } as const);
  const belief = believe(
    group.map(({ point, typed }) => ({ point, regionId: typed.row.regionId })),
    outlines,
  );
  if (belief === null) {
    if (!isDeclared) problems.note({ ...about, code: 'directory.import.assumedCrs', params: { count: group.length } });
    return claimed;
  }
  const agrees = belief.best === claimed;
  const code = agrees ? 'directory.import.confirmedCrs' : isDeclared ? 'directory.import.believedCrs' : 'directory.import.detectedCrs';
  problems.note({ ...about, code, params: { ...belief } });
  return isDeclared ? claimed : belief.best;
}

/** A place as its file had it. */
export type PointOrigin = { readonly crs: CoordinateSystem; readonly pair: readonly [number, number] };

function located({ candidate, point, system }: { candidate: Candidate; point: RawPoint; system: CoordinateSystem }): Candidate {
  const { typed } = candidate;
  const origin = JSON.stringify({ crs: system, pair: point.pair } satisfies PointOrigin);
  const location = toWgs84(point.pair, system);
  if (typed.kind === 'cameras') return { ...candidate, typed: { ...typed, row: { ...typed.row, location }, origin } };
  if (typed.kind === 'centers') return { ...candidate, typed: { ...typed, row: { ...typed.row, location }, origin } };
  return candidate;
}

import { quantile } from '../measure.ts';
import type { WallRun } from './joinRuns.ts';
import type { TileFigures } from './measureTiles.ts';
import type { ViewSample } from './measureView.ts';

type Figure = 'cpuPercent' | 'latencyMs' | 'viewMs' | 'memoryMiB' | 'shownShare' | 'gatewayPercent';
type Runs = readonly Pick<WallRun, 'tiles'>[];
type SideName = keyof TileFigures['views'];
type Samples = readonly ViewSample[];
type Compared = { readonly ours: Samples; readonly theirs: Samples };

/** The gateway may not pay for what the window saves. */
const maxGatewayRatio = 1.2;
/** Of five repetitions one may be left out: what a side cannot do more often than that, it cannot do. */
const maxLeftOut = 0.2;

/** The keys of docs/benchmarks.json that these runs measured. A way that does not count gives no key; both ways of a key are of the same runs. */
export function ratiosOf(runs: Runs): Readonly<Record<string, number>> {
  const [hls, llHls, uncapped] = (['hls', 'llHls', 'uncapped'] as const).map((side) => compared(runs, side));
  const floor = floorOf(runs, hls);
  const at36 = samplesOf({ runs, tiles: 36, side: 'push' });
  const keys = {
    cpuVsHls16: ratio(hls, 'cpuPercent'),
    cpuVsLlHls16: ratio(llHls, 'cpuPercent'),
    cpuVsUncapped16: ratio(uncapped, 'cpuPercent'),
    cpuVsFloor16: floor,
    latencyVsHls16: ratio(hls, 'latencyMs'),
    viewVsHls16: ratio(hls, 'viewMs'),
    viewVsLlHls16: ratio(llHls, 'viewMs'),
    memoryVsHls16: ratio(hls, 'memoryMiB'),
    frames36: at36.length === 0 ? null : median(at36, 'shownShare'),
    stalls36: at36.length === 0 ? null : at36.reduce((sum, { stalls }) => sum + stalls, 0),
  };
  const measured = Object.entries(keys).flatMap(([key, value]) => (value === null ? [] : [[key, round(value)] as const]));
  return Object.fromEntries(measured);
}

/** What can be said of a ratio to a page that showed all cameras, moving, but lost too many frames for a key. */
export type Bound = {
  /** As measured. That page did less for its processor time than ours, so it is no smaller than the ratio to a page that shows every frame. */
  readonly atMost: number;
  /** The same per frame that was shown. */
  readonly perShownFrame: number;
  /** Share of the source's frames that it showed. */
  readonly shown: number;
};

/** For keys that `ratiosOf` leaves out because a plain page lost frames, and for no other reason. They are no keys and meet no target. */
export function boundsOf(runs: Runs): Readonly<Record<string, Bound>> {
  const sides = { cpuVsHls16: 'hls', cpuVsLlHls16: 'llHls', cpuVsUncapped16: 'uncapped' } as const;
  const found = Object.entries(sides).flatMap(([key, side]): (readonly [string, Bound])[] => {
    const { ours, theirs } = compared(runs, side);
    const hasOnlyLost = theirs.length > 0 && !counts(theirs) && theirs.every(({ areTilesRight }) => areTilesRight);
    if (!counts(ours) || !hasOnlyLost) return [];
    if (median(counted(ours), 'gatewayPercent') > maxGatewayRatio * median(theirs, 'gatewayPercent')) return [];
    const atMost = median(counted(ours), 'cpuPercent') / median(theirs, 'cpuPercent');
    const shown = median(theirs, 'shownShare');
    const perShownFrame = (atMost * shown) / median(counted(ours), 'shownShare');
    return [[key, { atMost: round(atMost), perShownFrame: round(perShownFrame), shown: round(shown) }]];
  });
  return Object.fromEntries(found);
}

/** Both sides showed what they should, and ours did not shift its work to the gateway. */
export function isFair({ ours, theirs }: Compared): boolean {
  if (!counts(ours) || !counts(theirs)) return false;
  return median(counted(ours), 'gatewayPercent') <= maxGatewayRatio * median(counted(theirs), 'gatewayPercent');
}

function ratio(pair: Compared | undefined, figure: Figure): number | null {
  if (pair === undefined || !isFair(pair)) return null;
  return median(counted(pair.ours), figure) / median(counted(pair.theirs), figure);
}

/** Our way beside what decoding alone costs; ours must be fair beside hls.js in the same runs. */
function floorOf(runs: Runs, hls: Compared | undefined): number | null {
  const both = at16(runs).filter(({ views, floor }) => (views.push?.length ?? 0) > 0 && floor.length > 0);
  const ours = both.flatMap(({ views }) => views.push ?? []);
  if (hls === undefined || !isFair(hls) || !counts(ours)) return null;
  return (
    median(counted(ours), 'cpuPercent') /
    quantile(
      both.flatMap(({ floor }) => floor),
      0.5,
    )
  );
}

const at16 = (runs: Runs): readonly TileFigures[] => runs.flatMap((run) => run.tiles.filter(({ tiles }) => tiles === 16));

/** Of runs that measured both, taking turns: machines are not the same from one hour to the next. */
function compared(runs: Runs, side: SideName): Compared {
  const both = at16(runs).filter(({ views }) => (views.push?.length ?? 0) > 0 && (views[side]?.length ?? 0) > 0);
  return { ours: both.flatMap(({ views }) => views.push ?? []), theirs: both.flatMap(({ views }) => views[side] ?? []) };
}

function samplesOf({ runs, tiles, side }: { runs: Runs; tiles: number; side: SideName }): Samples {
  return runs.flatMap((run) => run.tiles.filter((each) => each.tiles === tiles).flatMap(({ views }) => views[side] ?? []));
}

const counted = (samples: Samples): Samples => samples.filter(({ problem }) => problem === null);

/** What does not count is left out, and told in the table; a way of which more than one in five does not count gives nothing. */
function counts(samples: Samples): boolean {
  return samples.length > 0 && samples.length - counted(samples).length <= maxLeftOut * samples.length;
}

function median(samples: Samples, figure: Figure): number {
  return quantile(
    samples.map((sample) => sample[figure]),
    0.5,
  );
}

const round = (value: number) => Number(value.toPrecision(3));

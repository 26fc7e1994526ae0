import { quantile } from '../measure.ts';
import type { TileFigures } from './measureTiles.ts';
import type { ViewSample } from './measureView.ts';

type Figure = 'cpuPercent' | 'latencyMs' | 'viewMs' | 'memoryMiB' | 'shownShare' | 'gatewayPercent';

/** The gateway may not pay for what the window saves. */
const maxGatewayRatio = 1.2;

/** The keys of docs/benchmarks.json that this run measured. A way of which one repetition does not count gives no key. */
export function ratiosOf(figures: readonly TileFigures[]): Readonly<Record<string, number>> {
  const at16 = figures.find(({ tiles }) => tiles === 16);
  const at36 = figures.find(({ tiles }) => tiles === 36);
  const [push, hls, llHls, uncapped] = [at16?.views.push, at16?.views.hls, at16?.views.llHls, at16?.views.uncapped];
  const floor = at16 !== undefined && at16.floor.length > 0 ? quantile(at16.floor, 0.5) : null;
  const ofPush = isFair(push, hls) ? median(push, 'cpuPercent') : null;
  const keys = {
    cpuVsHls16: ratio({ ours: push, theirs: hls, figure: 'cpuPercent' }),
    cpuVsLlHls16: ratio({ ours: push, theirs: llHls, figure: 'cpuPercent' }),
    cpuVsUncapped16: ratio({ ours: push, theirs: uncapped, figure: 'cpuPercent' }),
    cpuVsFloor16: ofPush === null || floor === null ? null : ofPush / floor,
    latencyVsHls16: ratio({ ours: push, theirs: hls, figure: 'latencyMs' }),
    viewVsHls16: ratio({ ours: push, theirs: hls, figure: 'viewMs' }),
    viewVsLlHls16: ratio({ ours: push, theirs: llHls, figure: 'viewMs' }),
    memoryVsHls16: ratio({ ours: push, theirs: hls, figure: 'memoryMiB' }),
    frames36: at36?.views.push === undefined ? null : median(at36.views.push, 'shownShare'),
    stalls36: at36?.views.push === undefined ? null : at36.views.push.reduce((sum, { stalls }) => sum + stalls, 0),
  };
  const measured = Object.entries(keys).flatMap(([key, value]) => (value === null ? [] : [[key, Number(value.toPrecision(3))] as const]));
  return Object.fromEntries(measured);
}

/** Both sides showed what they should, and ours did not shift its work to the gateway. */
export function isFair(ours: readonly ViewSample[] | undefined, theirs: readonly ViewSample[] | undefined): ours is readonly ViewSample[] {
  if (!counts(ours) || !counts(theirs)) return false;
  return median(ours, 'gatewayPercent') <= maxGatewayRatio * median(theirs, 'gatewayPercent');
}

function ratio({ ours, theirs, figure }: { ours: Samples; theirs: Samples; figure: Figure }): number | null {
  return isFair(ours, theirs) && theirs !== undefined ? median(ours, figure) / median(theirs, figure) : null;
}
type Samples = readonly ViewSample[] | undefined;

function counts(samples: Samples): samples is readonly ViewSample[] {
  return samples !== undefined && samples.length > 0 && samples.every(({ problem }) => problem === null);
}

function median(samples: readonly ViewSample[], figure: Figure): number {
  return quantile(
    samples.map((sample) => sample[figure]),
    0.5,
  );
}

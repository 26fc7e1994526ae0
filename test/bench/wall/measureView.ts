import { z } from 'zod';
import type { StreamQuality } from '#contract/cameras/index.ts';
import { cpuMs, quantile } from '../measure.ts';
import { openBenchPage } from './benchBrowser.ts';
import { Counted, countScript, readCode, readScript, Shown } from './code.ts';
import type { GatewayLine } from './gatewayLine.ts';
import { fps } from './loops.ts';
import type { ViewSide } from './sides.ts';
import { shareOfThreads, type ThreadTimes } from './threadTimes.ts';
import { passing } from './passing.ts';

/** How long things are given (`viewMs`: until every tile must show a picture), and the share of frames below which nothing counts. */
export type Times = { readonly settleMs: number; readonly windowMs: number; readonly viewMs: number; readonly leastShown: number };

/** What one repetition of one way gave; CPU in % of one core. `problem`: why it does not count. */
export type ViewSample = {
  readonly problem: string | null;
  /** Every tile showed its own camera, moving; `problem` may still be that frames were lost. */
  readonly areTilesRight: boolean;
  readonly firstTileMs: number;
  readonly viewMs: number;
  readonly cpuPercent: number;
  readonly cpuByThread: ThreadTimes;
  readonly gatewayPercent: number;
  readonly memoryMiB: number;
  readonly memoryByKind: Readonly<Record<string, number>>;
  readonly latencyMs: number;
  /** Frames that were shown, of those that the sources had in that time. */
  readonly shownShare: number;
  readonly droppedFrames: number;
  readonly stalls: number;
  /** Tiles that showed the main picture when they were read. */
  readonly mainTiles: number;
  readonly tileWidthPx: number;
  readonly tileHeightPx: number;
};

const reads = 6;

/** Shows the tiles in a fresh browser, measures a window of time, then proves by the burned-in codes what was shown. */
export async function measureView({
  side,
  tiles,
  gateway,
  env,
  times,
}: {
  side: ViewSide;
  tiles: number;
  gateway: GatewayLine;
  env: NodeJS.ProcessEnv;
  times: Times;
}): Promise<ViewSample> {
  await using closers = new AsyncDisposableStack();
  const page = await openBenchPage({ env, blankUrl: `${gateway.url}/blank` });
  closers.defer(page.close);
  const view = await side({ page, gateway, tiles });
  closers.defer(view.close);
  const count = () => page.evaluate(countScript, Counted);
  const read = () => page.evaluate(readScript, z.array(Shown));
  const servers = [gateway.pid, ...view.servers];

  const askedAtMs = Date.now();
  await view.ask();
  const seen = async () => (await count()).tiles.filter(({ firstFrameAtMs }) => firstFrameAtMs !== null).length;
  while ((await seen()) < tiles && Date.now() - askedAtMs < times.viewMs) await passing(250);
  await passing(times.settleMs);
  const threadsBefore = await page.threadTimes();
  const before = { ...(await count()), cpu: page.cpuMs(), gateway: cpuMs(servers), atMs: performance.now() };
  await passing(times.windowMs);
  const [cpu, gatewayCpu, atMs] = [page.cpuMs(), cpuMs(servers), performance.now()];
  const cpuByThread = shareOfThreads({ before: threadsBefore, after: await page.threadTimes(), lastedMs: atMs - before.atMs });
  const counted = await count();
  const lastedMs = atMs - before.atMs;
  // Before the looks: each of them leaves a picture of every element in the browser's cache of decoded images, on either side.
  const { all, byKind } = await page.memoryMiB();
  const looks: Shown[][] = [];
  for (let look = 0; look < reads; look += 1) {
    looks.push(await read());
    await passing(170);
  }
  const firsts = counted.tiles.map(({ firstFrameAtMs }) => (firstFrameAtMs ?? Number.POSITIVE_INFINITY) - askedAtMs);
  const shown = framesOf(counted, 'shown') - framesOf(before, 'shown');
  const shownShare = shown / ((tiles * fps * lastedMs) / 1000);
  const sample = {
    firstTileMs: Math.min(...firsts),
    viewMs: Math.max(...firsts),
    cpuPercent: ((cpu - before.cpu) / lastedMs) * 100,
    cpuByThread,
    gatewayPercent: ((gatewayCpu - before.gateway) / lastedMs) * 100,
    ...{ memoryMiB: all, memoryByKind: byKind, shownShare },
    latencyMs: latencyOf({ looks, gateway }),
    droppedFrames: framesOf(counted, 'dropped') - framesOf(before, 'dropped'),
    stalls: counted.stalls - before.stalls,
    mainTiles: looks[0]?.filter(({ videoWidth }) => qualityOf(videoWidth) === 'main').length ?? 0,
    tileWidthPx: looks[0]?.[0]?.widthPx ?? 0,
    tileHeightPx: looks[0]?.[0]?.heightPx ?? 0,
  };
  const wrong = wrongTile({ looks, tiles });
  const lost = shownShare < times.leastShown ? `only ${(shownShare * 100).toFixed(1)} % of the source's frames were shown` : null;
  return { ...sample, problem: wrong ?? lost, areTilesRight: wrong === null };
}

function framesOf({ tiles }: Counted, which: 'shown' | 'dropped'): number {
  return tiles.reduce((sum, { total, dropped }) => sum + (which === 'shown' ? total - dropped : dropped), 0);
}

const qualityOf = (videoWidth: number): StreamQuality => (videoWidth > 640 ? 'main' : 'sub');

function latencyOf({ looks, gateway }: { looks: readonly Shown[][]; gateway: GatewayLine }): number {
  const ages = looks.flat().flatMap(({ squares, atMs, videoWidth }) => {
    const code = readCode(squares);
    return code === null ? [] : [gateway.ageMs({ ...code, quality: qualityOf(videoWidth), atMs })];
  });
  return quantile(ages, 0.5);
}

/** Every tile must show its own camera, moving. */
function wrongTile({ looks, tiles }: { looks: readonly Shown[][]; tiles: number }): string | null {
  for (const look of looks) {
    const cameras = new Set(look.map(({ squares }) => readCode(squares)?.camera));
    if (look.length !== tiles || cameras.size !== tiles || cameras.has(undefined))
      return `${cameras.size} of ${tiles} pictures could be read`;
  }
  for (let tile = 0; tile < tiles; tile += 1) {
    const frames = new Set(looks.map((look) => readCode(look[tile]?.squares ?? [])?.frame));
    if (frames.size < reads / 2) return `tile ${tile + 1} stands still`;
  }
  return null;
}

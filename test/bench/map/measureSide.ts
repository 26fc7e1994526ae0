import type { Browser, CDPSession } from '@playwright/test';
import type { Look } from './look.ts';
import type { CountySize } from './measuring.ts';
import type { SideName } from './sides.ts';

/** One opening of one side; processor time of the page's main thread in milliseconds, what its frames cost there included. */
export type SideSample = {
  readonly side: SideName;
  readonly sizeName: string;
  /** From the county's data to all of it on the map; by the clock. */
  readonly openMs: number;
  /** Decode, update and frames of one second's positions. */
  readonly tickMs: number;
  /** A frame in which nothing changes. */
  readonly idleMs: number;
  /** All grids with other loads, frames included. */
  readonly gridsMs: number;
  /** Allocated on the heap for one tick, whether or not it was collected since. */
  readonly tickMB: number;
  /** Frames that were drawn for a tick. */
  readonly tickFrames: number;
};

/** Small: these machines draw without a graphics card, and what is measured is the main thread. */
const viewport = { width: 320, height: 180 };

/** At least this much of the picture is the county; less and nothing was drawn. */
const leastDrawn = { whole: 0.05, limited: 0.001 };

// Bytes between two samples of what is allocated: a tick of the plain way allocates some megabytes.
const samplingBytes = 2_048;

/** Opens a side in a page of its own and has it do everything once. Throws when it did not draw, or drew the same after an update. */
export async function measureSide({
  browser,
  origin,
  side,
  sizeName,
  size,
  counts,
  looking,
}: {
  browser: Browser;
  origin: string;
  side: SideName;
  sizeName: string;
  size: CountySize;
  counts: number;
  /** The whole county is looked at before any repetition counts, which takes long; the part that is drawn while it is measured is always. */
  looking: 'whole' | 'limited';
}): Promise<SideSample> {
  const page = await browser.newPage({ viewport });
  try {
    const wrongs: string[] = [];
    page.on('pageerror', (error) => wrongs.push(error.message));
    await page.goto(`${origin}/page.html`);
    await page.waitForFunction(() => 'bench' in globalThis);
    const line = await page.context().newCDPSession(page);
    await line.send('Performance.enable', { timeDomain: 'threadTicks' });
    const ask = async <Reply>(words: string) => (await page.evaluate(`bench.${words}`)) as Reply;
    const cost = async (kind: 'ticks' | 'grids' | 'idle') => {
      await ask(`prepare('${kind}', ${counts})`);
      const before = await threadMs(line);
      const frames = await ask<number>('run()');
      return { ms: ((await threadMs(line)) - before) / counts, frames: frames / counts };
    };
    const openMs = await ask<number>(`open(${JSON.stringify(side)}, ${JSON.stringify(size)})`);
    const looks = [await ask<Look>(`look('limited')`)];
    // Once before it counts: code that has never run is compiled first.
    await cost('ticks');
    const tick = await cost('ticks');
    looks.push(await ask<Look>(`look('limited')`));
    const idle = await cost('idle');
    await ask(`prepare('ticks', ${counts})`);
    const tickMB = (await allocatedMB({ line, run: () => ask('run()') })) / counts;
    await cost('grids');
    const grids = await cost('grids');
    looks.push(await ask<Look>(`look('limited')`));
    const whole = looking === 'whole' ? await ask<Look>(`look('whole')`) : null;
    await ask('close()');
    checkDrawn({ side, sizeName, wrongs, looks, whole });
    return { side, sizeName, openMs, tickMs: tick.ms, idleMs: idle.ms, gridsMs: grids.ms, tickMB, tickFrames: tick.frames };
  } finally {
    await page.close();
  }
}

/** Processor time of all tasks of the page's main thread so far; waiting for the graphics process or for a core is none. */
async function threadMs(line: CDPSession): Promise<number> {
  const { metrics } = await line.send('Performance.getMetrics');
  const spent = metrics.find(({ name }) => name === 'TaskDuration');
  if (spent === undefined) throw new Error('the browser does not tell the time of tasks');
  return spent.value * 1000;
}

/** Everything that was allocated meanwhile, by the heap's own sampling: what was collected counts too. */
async function allocatedMB({ line, run }: { line: CDPSession; run: () => Promise<unknown> }): Promise<number> {
  await line.send('HeapProfiler.startSampling', {
    samplingInterval: samplingBytes,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  });
  await run();
  const { profile } = await line.send('HeapProfiler.stopSampling');
  return sumOf(profile.head) / 1e6;
}

type Allocation = { readonly selfSize: number; readonly children: readonly Allocation[] };

function sumOf({ selfSize, children }: Allocation): number {
  return children.reduce((sum, child) => sum + sumOf(child), selfSize);
}

type Drawn = {
  readonly side: SideName;
  readonly sizeName: string;
  readonly wrongs: readonly string[];
  readonly looks: readonly Look[];
  readonly whole: Look | null;
};

function checkDrawn({ side, sizeName, wrongs, looks, whole }: Drawn): void {
  const sums = new Set(looks.map(({ sum }) => sum));
  const isEach = looks.every(({ drawnShare }) => drawnShare >= leastDrawn.limited) && sums.size === looks.length;
  const isWhole = whole === null || whole.drawnShare >= leastDrawn.whole;
  if (wrongs.length === 0 && isEach && isWhole) return;
  throw new Error(`${side} at ${sizeName} did not draw what it should: ${JSON.stringify([...looks, whole])} ${wrongs.join('; ')}`);
}

import type { Browser } from '@playwright/test';
import { quantile } from '../measure.ts';
import type { Cost, CountySize, Look } from './measuring.ts';

/** One opening of one side: medians of its updates, main-thread milliseconds. */
export type SideSample = {
  readonly side: 'ours' | 'deck';
  readonly sizeName: string;
  /** From the county's data to all of it on the map. */
  readonly openMs: number;
  /** Decode, update and frames of one second's positions. */
  readonly tickMs: number;
  /** A frame in which nothing changes. */
  readonly idleMs: number;
  /** All grids with other loads, frames included. */
  readonly gridsMs: number;
  /** Garbage of one tick. */
  readonly tickMB: number;
};

type Told = {
  readonly openMs: number;
  readonly looks: readonly Look[];
  readonly ticks: readonly Cost[];
  readonly idle: readonly Cost[];
  readonly grids: readonly Cost[];
  readonly garbageMB: number;
};

/** Small: these machines draw without a graphics card, and what is measured is the main thread. */
const viewport = { width: 320, height: 180 };

/** At least this much of the picture is the county; less and nothing was drawn. */
const leastDrawn = 0.05;

/** Opens a side in a page of its own and has it do everything once. Throws when it did not draw, or drew the same after an update. */
export async function measureSide({
  browser,
  origin,
  side,
  sizeName,
  size,
  counts,
}: {
  browser: Browser;
  origin: string;
  side: SideSample['side'];
  sizeName: string;
  size: CountySize;
  counts: number;
}): Promise<SideSample> {
  const page = await browser.newPage({ viewport });
  try {
    const wrongs: string[] = [];
    page.on('pageerror', (error) => wrongs.push(error.message));
    await page.goto(`${origin}/page.html`);
    await page.waitForFunction(() => 'bench' in globalThis);
    const told = (await page.evaluate(`(async () => {
      const openMs = await bench.open(${JSON.stringify(side)}, ${JSON.stringify(size)});
      const looks = [bench.look()];
      await bench.ticks(2);
      const ticks = await bench.ticks(${counts});
      looks.push(bench.look());
      const idle = await bench.idleFrames(${counts});
      const garbageMB = await bench.garbage(${counts});
      await bench.gridUpdates(1);
      const grids = await bench.gridUpdates(${counts});
      looks.push(bench.look());
      bench.close();
      return { openMs, looks, ticks, idle, grids, garbageMB };
    })()`)) as Told;
    checkDrawn({ side, sizeName, wrongs, looks: told.looks });
    return {
      ...{ side, sizeName, openMs: told.openMs },
      tickMs: median(told.ticks),
      idleMs: median(told.idle),
      gridsMs: median(told.grids),
      tickMB: told.garbageMB / counts,
    };
  } finally {
    await page.close();
  }
}

function checkDrawn({ side, sizeName, wrongs, looks }: { side: string; sizeName: string; wrongs: string[]; looks: readonly Look[] }): void {
  const sums = new Set(looks.map(({ sum }) => sum));
  const isDrawn = looks.every(({ drawnShare }) => drawnShare >= leastDrawn) && sums.size === looks.length;
  if (wrongs.length === 0 && isDrawn) return;
  throw new Error(`${side} at ${sizeName} did not draw what it should: ${JSON.stringify(looks)} ${wrongs.join('; ')}`);
}

function median(costs: readonly Cost[]): number {
  const sums = costs.map(({ updateMs, framesMs }) => updateMs + framesMs);
  return quantile(sums, 0.5);
}

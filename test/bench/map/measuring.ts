import { firstLoads, framesOf, makeCounty, type MadeCounty, walk, zeroMs } from './madeCounty.ts';
import type { MapSide, TickMessage } from './sides.ts';

/** How big a county is drawn. */
export type CountySize = { readonly grids: number; readonly cameras: number; readonly responders: number };

/** Main-thread milliseconds: of the update's own task, and of the frames that followed it. */
export type Cost = { readonly updateMs: number; readonly framesMs: number };

/** What the drawing looks like: share of pixels that are not ground, and a sum that another drawing does not have. */
export type Look = { readonly drawnShare: number; readonly sum: number };

/** The page's way to measure: opened, driven and read by the benchmark over the browser's line. */
export type Measuring = {
  /** Milliseconds from the county's data to all of it on the map. */
  open(name: string, size: CountySize): Promise<number>;
  /** So many ticks, one after the other, each with its frame. */
  ticks(count: number): Promise<readonly Cost[]>;
  gridUpdates(count: number): Promise<readonly Cost[]>;
  /** Frames in which nothing changes. */
  idleFrames(count: number): Promise<readonly Cost[]>;
  /** Megabytes of heap that so many ticks leave to be collected. */
  garbage(count: number): Promise<number>;
  look(): Look;
  close(): void;
};

type Sides = { readonly [name: string]: () => MapSide };

/** Frames that an update may take to settle: deck.gl looks for changes in one, draws in the next. */
const settlingFrames = 3;

/** Makes it; from now on every animation frame of the page is timed. */
export function createMeasuring(sides: Sides, host: () => HTMLElement): Measuring {
  const frames = timeFrames();
  let side: MapSide | null = null;
  let county: MadeCounty | null = null;
  let turn = 0;
  const opened = () => {
    if (side === null || county === null) throw new Error('nothing is open');
    return { side, county };
  };
  const measure = async (update: () => void): Promise<Cost> => {
    await frames.next();
    const before = frames.spentMs();
    const startedMs = performance.now();
    update();
    const updateMs = performance.now() - startedMs;
    for (let frame = 0; frame < settlingFrames; frame += 1) await frames.next();
    return { updateMs, framesMs: frames.spentMs() - before };
  };
  const repeat = async (count: number, prepare: () => () => void): Promise<readonly Cost[]> => {
    const costs: Cost[] = [];
    for (let each = 0; each < count; each += 1) costs.push(await measure(prepare()));
    return costs;
  };
  const nextTick = () => {
    turn += 1;
    walk(opened().county, turn);
    const message = messageOf(opened().county, turn);
    return () => opened().side.tick(message);
  };
  return {
    open: async (name, size) => {
      const make = sides[name];
      if (make === undefined) throw new Error(`no side ${name}`);
      county = makeCounty(size);
      side = make();
      await side.load();
      const startedMs = performance.now();
      await side.open(county, host());
      return performance.now() - startedMs;
    },
    ticks: (count) => repeat(count, nextTick),
    gridUpdates: (count) =>
      repeat(count, () => {
        turn += 1;
        const rows = firstLoads(opened().county, turn);
        return () => opened().side.updateGrids(rows);
      }),
    idleFrames: (count) => repeat(count, () => () => opened().side.repaint()),
    garbage: async (count) => {
      let bytes = 0;
      for (let each = 0; each < count; each += 1) {
        const run = nextTick();
        const before = usedHeap();
        await measure(run);
        // A collection in between makes it smaller: what it took is not known and not counted.
        bytes += Math.max(0, usedHeap() - before);
      }
      return bytes / 1e6;
    },
    look: () => lookOf(opened().side.drawnCanvas()),
    close: () => {
      side?.close();
      side = null;
      host().replaceChildren();
    },
  };
}

function messageOf(county: MadeCounty, turn: number): TickMessage {
  const { lngLat, status, measuredAtMs } = county.responders;
  const people = Array.from(measuredAtMs, (atMs, index) => ({
    position: [lngLat[index * 2], lngLat[index * 2 + 1]],
    status: status[index],
    atMs,
  }));
  return { frames: framesOf(county.responders, turn), json: JSON.stringify(people), nowMs: zeroMs + turn * 1000 };
}

/** Sums up what animation frames cost, whoever asked for them. */
function timeFrames() {
  let spentMs = 0;
  const ask = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) =>
    ask((at) => {
      const startedMs = performance.now();
      callback(at);
      spentMs += performance.now() - startedMs;
    });
  return {
    spentMs: () => spentMs,
    /** After all callbacks of the next frame. */
    next: () => new Promise<void>((resolve) => ask(() => setTimeout(resolve, 0))),
  };
}

function usedHeap(): number {
  const { memory } = performance as unknown as { memory?: { usedJSHeapSize: number } };
  return memory?.usedJSHeapSize ?? 0;
}

function lookOf(canvas: HTMLCanvasElement): Look {
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  const context = copy.getContext('2d', { willReadFrequently: true });
  if (context === null) return { drawnShare: 0, sum: 0 };
  context.drawImage(canvas, 0, 0);
  const { data } = context.getImageData(0, 0, copy.width, copy.height);
  let [drawn, sum] = [0, 0];
  for (let at = 0; at < data.length; at += 4) {
    const [red = 0, green = 0, blue = 0] = [data[at], data[at + 1], data[at + 2]];
    // #0d1318 is the ground.
    if (Math.abs(red - 13) + Math.abs(green - 19) + Math.abs(blue - 24) > 12) drawn += 1;
    sum = (sum * 31 + red * 7 + green * 3 + blue) % 1_000_000_007;
  }
  return { drawnShare: drawn / (data.length / 4), sum };
}

import { firstLoads, framesOf, makeCounty, type MadeCounty, walk, zeroMs } from './madeCounty.ts';
import { limitInstances } from './instanceLimit.ts';
import { type Look, lookOf } from './look.ts';
import type { MapSide, SideName } from './sides.ts';

/** How big a county is drawn. */
export type CountySize = { readonly grids: number; readonly cameras: number; readonly responders: number };

/** The page's way to be driven: the benchmark opens it, has it work, and reads the browser's counters around that. */
export type Measuring = {
  /** Milliseconds from the county's data to the first frame that has all of it, the graphics process's part of that frame included. */
  open(name: SideName, size: CountySize): Promise<number>;
  /** Makes messages of so many seconds, or so many tables of grids; not measured. */
  prepare(kind: 'ticks' | 'grids' | 'idle', count: number): void;
  /** Has the side take what was prepared, one after the other, each with the frames that it brings. Resolves with the number of frames. */
  run(): Promise<number>;
  /** `whole`: with all instances; else with the few that the card is given while it is measured. */
  look(how: 'whole' | 'limited'): Look;
  close(): void;
};

/** Nothing was drawn for so long: what was told is on the map. Longer than a frame takes here, without asking for frames itself. */
const quietMs = 70;

/** Makes it. */
export function createMeasuring(sides: { readonly [Name in SideName]: () => MapSide }, host: () => HTMLElement): Measuring {
  let drawWhole: ReturnType<typeof limitInstances> = (draw) => draw();
  let side: MapSide | null = null;
  let county: MadeCounty | null = null;
  // Who walks is another copy: a side writes what it is told into its own.
  let walked: MadeCounty | null = null;
  let turn = 0;
  const frames = followFrames();
  let steps: (() => void)[] = [];
  const opened = () => {
    if (side === null || county === null || walked === null) throw new Error('nothing is open');
    return { side, county, walked };
  };
  const nextTick = (name: SideName) => {
    turn += 1;
    const { side: taking, walked: people } = opened();
    walk(people, turn);
    const nowMs = zeroMs + turn * 1000;
    const message =
      name === 'ours' ? { frames: framesOf(people.responders, turn), json: '', nowMs } : { frames: [], json: jsonOf(people), nowMs };
    return () => taking.tick(message);
  };
  const nextGrids = () => {
    turn += 1;
    const rows = firstLoads(opened().county, turn);
    return () => opened().side.updateGrids(rows);
  };
  let name: SideName = 'ours';
  return {
    open: async (asked, size) => {
      name = asked;
      drawWhole = limitInstances(WebGL2RenderingContext);
      county = makeCounty(size);
      walked = makeCounty(size);
      side = sides[name]();
      await side.load();
      const startedMs = performance.now();
      await side.open(county, host());
      waitForGraphics(host());
      const tookMs = performance.now() - startedMs;
      side.onFrame(frames.drawn);
      return tookMs;
    },
    prepare: (kind, count) => {
      const next = { ticks: () => nextTick(name), grids: nextGrids, idle: () => () => opened().side.repaint() }[kind];
      steps = Array.from({ length: count }, next);
    },
    run: async () => {
      const before = frames.count();
      for (const step of steps) await frames.after(step);
      steps = [];
      return frames.count() - before;
    },
    look: (how) => {
      const draw = () => opened().side.drawnCanvas();
      return lookOf(how === 'whole' ? drawWhole(draw) : draw());
    },
    close: () => {
      side?.close();
      side = null;
      host().replaceChildren();
    },
  };
}

/** Returns when everything that was drawn so far is drawn: to read a point of a canvas, all of it must be done. */
function waitForGraphics(host: HTMLElement): void {
  const context = host.querySelector('canvas')?.getContext('webgl2');
  if (context === null || context === undefined) throw new Error('there is no map');
  context.readPixels(0, 0, 1, 1, context.RGBA, context.UNSIGNED_BYTE, new Uint8Array(4));
}

/** Counts frames, and tells when one came and no other followed it for a while. */
function followFrames() {
  let count = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tell: (() => void) | null = null;
  return {
    drawn: () => {
      count += 1;
      clearTimeout(timer);
      // That no other frame follows is no event.
      // oxlint-disable-next-line house/no-sleep-in-tests
      timer = setTimeout(() => tell?.(), quietMs);
    },
    count: () => count,
    /** Has something drawn, and resolves when it is. */
    after: (step: () => void) =>
      new Promise<void>((resolve) => {
        tell = resolve;
        clearTimeout(timer);
        step();
      }),
  };
}

function jsonOf({ responders: { lngLat, status, measuredAtMs } }: MadeCounty): string {
  const people = Array.from(measuredAtMs, (atMs, index) => ({
    position: [lngLat[index * 2], lngLat[index * 2 + 1]],
    status: status[index],
    atMs,
  }));
  return JSON.stringify(people);
}

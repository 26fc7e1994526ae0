import { readPositions } from '#contract/responders/index.ts';
import type { RegionId } from '#contract/values/index.ts';
import { loadMapEngine, type MapEngine } from '#renderer/map/index.ts';
import { firstLoads, type MadeCounty, zeroMs } from './madeCounty.ts';
import type { GridRow, MapSide } from './sides.ts';

const timers = {
  afterMs: (delayMs: number, run: () => void) => {
    const id = setTimeout(run, delayMs);
    return () => clearTimeout(id);
  },
};

/** Ground alone: what lies below is the same on all sides. */
export const plainStyle = {
  version: 8 as const,
  sources: {},
  layers: [{ id: 'ground', type: 'background' as const, paint: { 'background-color': '#0d1318' } }],
};
export const firstView = { zoom: 10.6, pitch: 50, bearing: -15 };

/** Our engine on a made county. */
export async function openOurEngine(county: MadeCounty, { onLost }: { onLost?: (times: number) => void } = {}): Promise<MapEngine> {
  const { openMapEngine, readColors } = await loadMapEngine();
  return openMapEngine({
    page: document,
    style: plainStyle,
    view: { center: county.center, ...firstView },
    colors: readColors(document.documentElement),
    timers,
    nowMs: zeroMs,
    interactive: 'moves',
    ...(onLost === undefined ? {} : { onLost }),
  });
}

/** Tells the engine everything of the county. */
export function tellCounty(engine: MapEngine, county: MadeCounty): void {
  engine.setOutlines(new Map([['grid', county.grids]]));
  engine.setLoads(loadsOf(firstLoads(county)));
  engine.setCameras(county.cameras);
  engine.setPositions(county.responders);
  engine.setNow(zeroMs + 1_000);
  engine.lookAt(county.bounds, 'jump');
}

/** The engine of the product as a side of the benchmark. */
export function createOurSide(): MapSide {
  let engine: MapEngine | null = null;
  let known: MadeCounty | null = null;
  const opened = () => {
    if (engine === null) throw new Error('not open');
    return engine;
  };
  return {
    load: async () => void (await loadMapEngine()),
    open: async (county, host) => {
      known = county;
      engine = await openOurEngine(county);
      host.append(engine.element);
      engine.fit();
      tellCounty(engine, county);
      await engine.shown();
    },
    tick: ({ frames, nowMs }) => {
      if (known === null) return;
      for (const frame of frames) readPositions(frame, known.responders);
      opened().setPositions(known.responders);
      opened().setNow(nowMs);
    },
    updateGrids: (rows) => opened().setLoads(loadsOf(rows)),
    repaint: () => opened().repaint(),
    onFrame: (listener) => void opened().onFrame(listener),
    drawnCanvas: () => opened().drawNow(),
    close: () => opened().close(),
  };
}

function loadsOf(rows: readonly GridRow[]) {
  return new Map(rows.map(({ id, open, late }) => [id as RegionId, { open, nearlyLate: 0, late, report: 'reporting' as const }] as const));
}

import type { RegionId } from '#contract/values/index.ts';
import { loadMapEngine, type MapEngine } from '#renderer/map/index.ts';
import { makeCounty, type MadeCounty, zeroMs } from './madeCounty.ts';

const timers = {
  afterMs: (delayMs: number, run: () => void) => {
    const id = setTimeout(run, delayMs);
    return () => clearTimeout(id);
  },
};

/** A map of a made county in this page's host, for tests to drive. */
export async function mapForPage(size: {
  grids: number;
  cameras: number;
  responders: number;
}): Promise<{ engine: MapEngine; county: MadeCounty }> {
  const { openMapEngine, readColors } = await loadMapEngine();
  const county = makeCounty(size);
  const colors = readColors(document.documentElement);
  const engine = openMapEngine({
    page: document,
    style: { version: 8, sources: {}, layers: [{ id: 'ground', type: 'background', paint: { 'background-color': '#0d1318' } }] },
    view: { center: county.center, zoom: 10.6, pitch: 50, bearing: -15 },
    colors,
    timers,
    nowMs: zeroMs,
    interactive: 'moves',
  });
  document.getElementById('host')?.append(engine.element);
  engine.fit();
  engine.setOutlines(new Map([['grid', county.grids]]));
  engine.lookAt(county.bounds, 'jump');
  const loads = county.grids.map(({ regionId }, index) => {
    const open = index % 3 === 0 ? 0 : index % 11;
    const load = {
      open,
      nearlyLate: index % 23 === 1 ? 1 : 0,
      late: index % 41 === 2 ? 1 : 0,
      report: index % 37 === 5 ? 'silent' : 'reporting',
    } as const;
    return [regionId, load] as const;
  });
  engine.setLoads(new Map<RegionId, (typeof loads)[number][1]>(loads));
  engine.setCameras(county.cameras);
  engine.setSeverities((id) => (id.endsWith('77') ? 'troubled' : 'well'));
  engine.setPositions(county.responders);
  engine.setNow(zeroMs + 20_000);
  return { engine, county };
}

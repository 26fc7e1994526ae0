import { expect, test } from 'vitest';
import { useEnginePage } from '#test/builders/enginePage.ts';
import { spreadOf } from '#test/bench/measure.ts';

const isLong = process.env['COMMANDWALL_LONG'] === '1';
/** Losses of the graphics context, and openings of the map; a short run finds what fails each time. */
const losses = isLong ? 100 : 12;
const openings = isLong ? 50 : 18;
/** A loss or an opening takes a second or two without a graphics card, and longer beside other work. */
const limitMs = 120_000 + (losses + openings) * 4_000;
const size = { grids: 60, cameras: 120, responders: 50 };

const { page, run } = useEnginePage();
const sized = JSON.stringify(size);

/** For people and docs/performance.md: how long a map was away depends on the machine and decides nothing here. */
function tellTimes(timesMs: readonly number[]): void {
  const { median, min, max } = spreadOf(timesMs);
  process.stdout.write(`back after ${Math.round(median)} ms (${Math.round(min)}-${Math.round(max)}) in ${timesMs.length} losses\n`);
}

test('the county is drawn on one graphics context, and a grid that falls late is seen by one texel alone', async () => {
  type Look = { drawnShare: number; latePixels: number };
  const { before, after, hidden, contexts } = await run<{ before: Look; after: Look; hidden: Look; contexts: number }>(`
    const { engine, county } = await openEngine(${sized});
    await engine.settled();
    const loads = (late) => new Map(county.grids.map(({ regionId }, index) => [regionId, { open: 4, nearlyLate: 0, late: late && index === 30 ? 1 : 0, report: 'reporting' }]));
    engine.setLoads(loads(false));
    const before = lookOf(engine);
    engine.setLoads(loads(true));
    const after = lookOf(engine);
    engine.show('areas', 'hidden');
    engine.show('cameras', 'hidden');
    engine.show('responders', 'hidden');
    await engine.settled();
    return { before, after, hidden: lookOf(engine), contexts: aliveContexts() };
  `);
  expect(before.drawnShare).toBeGreaterThan(0.1);
  expect([before.latePixels, after.latePixels > 20, contexts]).toEqual([0, true, 1]);
  // With everything switched off there is the ground alone: what was counted is what was drawn.
  expect(hidden.drawnShare).toBeLessThan(0.001);
});

test('at a lower pixel ratio everything stays where it belongs', async () => {
  type Look = { latePixels: number; lateAt: [number, number] };
  const { full, lower } = await run<{ full: Look; lower: Look }>(`
    const { engine, county } = await openEngine(${sized});
    engine.setLoads(new Map(county.grids.map(({ regionId }, index) => [regionId, { open: 4, nearlyLate: 0, late: index === 30 ? 1 : 0, report: 'reporting' }])));
    await engine.settled();
    const full = lookOf(engine);
    engine.setDetail({ ratioShare: 0.75, land: "full", ages: "rings" }, 0.8);
    await engine.settled();
    return { full, lower: lookOf(engine) };
  `);
  expect([full.latePixels > 20, lower.latePixels > 5]).toEqual([true, true]);
  for (const axis of [0, 1] as const) expect(Math.abs(full.lateAt[axis] - lower.lateAt[axis])).toBeLessThan(0.01);
});

test('a map whose pixels change while somebody drags it stays in his hand', async () => {
  await run(`
    const { engine } = await openEngine(${sized});
    await engine.settled();
    window.engine = engine;
  `);
  // A drag is drawn with the next frame.
  const longitude = () =>
    run<number>('for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame); return engine.view().center[0]');
  const before = await longitude();
  await page().mouse.move(320, 180);
  await page().mouse.down();
  await page().mouse.move(300, 180, { steps: 4 });
  const half = await longitude();
  await run('engine.setDetail({ ratioShare: 0.5, land: "plain", ages: "none" }, 1)');
  await page().mouse.move(200, 180, { steps: 8 });
  const dragged = await longitude();
  await page().mouse.up();
  // A hundred of a hundred and twenty points came after the change.
  expect([half > before, (dragged - half) / (dragged - before) > 0.6]).toEqual([true, true]);
});

test('houses that were left out while the map moved stand again where it rests, wherever that is', async () => {
  const shares = await run<number[]>(`
    const { engine } = await openEngine(${sized});
    for (const name of ['areas', 'cameras', 'responders']) engine.show(name, 'hidden');
    const [lng, lat] = engine.view().center;
    const house = (east) => [[[lng + east, lat], [lng + east + 0.02, lat], [lng + east + 0.02, lat + 0.02], [lng + east, lat + 0.02], [lng + east, lat]]];
    engine.setBasemap({
      version: 8,
      sources: { town: { type: 'geojson', data: { type: 'MultiPolygon', coordinates: [house(0), house(0.05)] } } },
      layers: [
        { id: 'ground', type: 'background', paint: { 'background-color': '#0d1318' } },
        { id: 'houses', type: 'fill-extrusion', source: 'town', paint: { 'fill-extrusion-color': '#ffffff', 'fill-extrusion-height': 400 } },
      ],
    });
    await engine.settled();
    const shares = [lookOf(engine).drawnShare];
    for (const [land, ratioShare] of [['plain', 0.5], ['full', 1]]) {
      engine.setDetail({ ratioShare, land, ages: 'rings' }, 1);
      engine.setView({ ...engine.view(), center: [engine.view().center[0] + 0.001, lat] }, 'jump');
      await engine.settled();
      shares.push(lookOf(engine).drawnShare);
    }
    engine.setDetail({ ratioShare: 1, land: 'plain', ages: 'rings' }, 1);
    await engine.settled();
    engine.setView({ ...engine.view(), zoom: engine.view().zoom + 0.1 }, 'jump');
    await engine.settled();
    shares.push(lookOf(engine).drawnShare);
    // At rest nothing but this is said.
    engine.setDetail({ ratioShare: 1, land: 'full', ages: 'rings' }, 1);
    await engine.settled();
    return [...shares, lookOf(engine).drawnShare];
  `);
  const [first = 0, ...later] = shares;
  expect(first).toBeGreaterThan(0.01);
  expect(later.map((share) => share > first / 2)).toEqual([false, true, false, true]);
});

test(
  'a lost graphics context is answered with the same map on a new one, as often as it happens',
  async () => {
    const { shares, alive, lost, backMs } = await run<{ shares: number[]; alive: number[]; lost: number; backMs: number[] }>(`
    let lost = 0;
    const { engine } = await openEngine(${sized}, (times) => { lost = times; });
    await engine.settled();
    const shares = [lookOf(engine).drawnShare];
    const alive = [];
    const backMs = [];
    for (let turn = 0; turn < ${losses}; turn += 1) {
      const gone = engine.drawNow();
      const lostAt = performance.now();
      gone.getContext('webgl2').getExtension('WEBGL_lose_context').loseContext();
      // The map that comes back draws on another canvas.
      while (!document.querySelector('.map-engine canvas') || document.querySelector('.map-engine canvas') === gone) await new Promise(requestAnimationFrame);
      await engine.shown();
      backMs.push(performance.now() - lostAt);
      await engine.settled();
      shares.push(lookOf(engine).drawnShare);
      alive.push(aliveContexts());
    }
    return { shares, alive, lost, backMs };
  `);
    tellTimes(backMs);
    expect(lost).toBe(losses);
    expect(new Set(alive)).toEqual(new Set([1]));
    const [first = 0] = shares;
    expect(first).toBeGreaterThan(0.1);
    for (const share of shares) expect(Math.abs(share - first)).toBeLessThan(0.02);
  },
  limitMs,
);

test(
  'opening and closing the map again and again leaves no context, element, listener or worker behind',
  async () => {
    type Left = { contexts: number; elements: number; heapMB: number; resize: number };
    const left = await run<Left[]>(`
    const left = [];
    let resize = 0;
    const [add, remove] = [window.addEventListener, window.removeEventListener];
    window.addEventListener = function (type, ...more) { if (type === 'resize' || type === 'online') resize += 1; return add.call(this, type, ...more); };
    window.removeEventListener = function (type, ...more) { if (type === 'resize' || type === 'online') resize -= 1; return remove.call(this, type, ...more); };
    for (let turn = 0; turn < ${openings}; turn += 1) {
      const { engine } = await openEngine(${sized});
      await engine.settled();
      engine.close();
      window.contexts = window.contexts.filter((context) => !context.isContextLost());
      gc();
      await new Promise((resolve) => setTimeout(resolve, 0));
      gc();
      left.push({ contexts: aliveContexts(), elements: document.querySelectorAll('*').length, heapMB: performance.memory.usedJSHeapSize / 1e6, resize });
    }
    return left;
  `);
    const [first] = left;
    const last = left.at(-1);
    expect(left.map(({ contexts }) => contexts)).toEqual(Array(openings).fill(0));
    expect([last?.elements, last?.resize]).toEqual([first?.elements, first?.resize]);
    // m: a map whose canvas stays watched leaves 1 MB each time; a clean run keeps 0.1 MB.
    const heap = (from: number, to: number) => Math.min(...left.slice(from, to).map(({ heapMB }) => heapMB));
    expect(heap(openings / 2, openings) - heap(1, openings / 2)).toBeLessThan(openings / 5);
  },
  limitMs,
);

test('while nothing changes no frame is drawn, and one change is one frame', async () => {
  const frames = await run<number[]>(`
    const { engine } = await openEngine(${sized});
    await engine.settled();
    let frames = 0;
    engine.onFrame(() => { frames += 1; });
    const wait = async (count) => { for (let at = 0; at < count; at += 1) await new Promise(requestAnimationFrame); };
    await wait(40);
    const idle = frames;
    engine.repaint();
    await wait(10);
    return [idle, frames - idle];
  `);
  expect(frames).toEqual([0, 1]);
});

test('a frame over the land that was kept is the same picture as one that is drawn whole, names and prisms and people', async () => {
  type Seen = { kinds: string[]; kept: number; moved: number; names: number; coloursOff: number; figures: number };
  const seen = await run<Seen>(`
    const { engine, county } = await openEngine(${sized});
    const [west, south, east, north] = county.bounds;
    const row = (geometry) => ({ type: 'geojson', data: { type: 'Feature', properties: {}, geometry } });
    const field = { type: 'Polygon', coordinates: [[[west, south], [east, south], [east, (south + north) / 2], [west, (south + north) / 2], [west, south]]] };
    engine.setBasemap({
      version: 8,
      sources: { field: row(field), town: row({ type: 'Point', coordinates: county.center }) },
      layers: [
        { id: 'ground', type: 'background', paint: { 'background-color': '#0d1318' } },
        { id: 'field', type: 'fill', source: 'field', paint: { 'fill-color': '#274034' } },
        { id: 'town', type: 'symbol', source: 'town', layout: { 'text-field': 'Ningshan 宁陕', 'text-font': ['sans-serif'], 'text-size': 40 }, paint: { 'text-color': '#ff00ff', 'text-halo-color': '#000000', 'text-halo-width': 2 } },
      ],
    });
    engine.setLoads(new Map(county.grids.map(({ regionId }, index) => [regionId, { open: index % 7, nearlyLate: 0, late: 0, report: 'reporting' }])));
    await engine.settled();
    const pixelsOf = (canvas) => {
      const copy = new OffscreenCanvas(canvas.width, canvas.height);
      const flat = copy.getContext('2d');
      flat.drawImage(canvas, 0, 0);
      return flat.getImageData(0, 0, copy.width, copy.height).data;
    };
    // A canvas can be read in the task that drew it, and in no other.
    const canvas = () => document.querySelector('.map-engine canvas');
    const next = () => new Promise((resolve) => { const stop = engine.onFrame((kind) => { stop(); resolve({ kind, pixels: pixelsOf(canvas()) }); }); });
    const frameAfter = async (change) => { const drawn = next(); change(); return drawn; };
    const walkers = county.responders.lngLat;
    const walk = () => { for (let at = 0; at < walkers.length; at += 1) walkers[at] += 0.004; engine.setPositions(county.responders); };
    const frames = [];
    for (let turn = 0; turn < 4; turn += 1) {
      frames.push(await frameAfter(walk));
    }
    const whole = pixelsOf(engine.drawNow());
    const differing = (a, b, by) => { let count = 0; for (let at = 0; at < a.length; at += 1) if (Math.abs(a[at] - b[at]) > by) count += 1; return count; };
    const pink = (pixels) => { let count = 0; for (let at = 0; at < pixels.length; at += 4) if (pixels[at] > 180 && pixels[at + 1] < 60 && pixels[at + 2] > 180) count += 1; return count; };
    const last = frames.at(-1);
    return { kinds: frames.map(({ kind }) => kind), kept: differing(last.pixels, whole, 3), coloursOff: differing(last.pixels, whole, 40), moved: differing(frames.at(-2).pixels, whole, 40), figures: whole.length, names: pink(last.pixels) };
  `);
  expect(seen.kinds.slice(1)).toEqual(['kept', 'kept', 'kept']);
  expect([seen.names > 200, seen.moved > 200]).toEqual([true, true]);
  // Where an edge of a prism crosses an edge of the land, each of the two ways smooths in another order.
  expect([seen.kept < seen.figures / 200, seen.coloursOff]).toEqual([true, 0]);
});

test('more than usual is told by the ramp, never as late; a silent grid is hatched; a trail is a line of its own', async () => {
  type Look = { drawnShare: number; latePixels: number };
  const seen = await run<{ load: Look; heat: Look; back: Look; shades: number[]; silent: number; trail: number }>(`
    const { engine, county } = await openEngine(${sized});
    for (const name of ['cameras', 'responders', 'incidents', 'centers']) engine.show(name, 'hidden');
    const loads = (report) => new Map(county.grids.map(({ regionId }) => [regionId, { open: 4, nearlyLate: 0, late: 1, report }]));
    engine.setLoads(loads('reporting'));
    await engine.settled();
    const load = lookOf(engine);
    const pixels = () => {
      const canvas = engine.drawNow();
      const copy = new OffscreenCanvas(canvas.width, canvas.height);
      const flat = copy.getContext('2d');
      flat.drawImage(canvas, 0, 0);
      return flat.getImageData(0, 0, copy.width, copy.height).data;
    };
    const differing = (a, b) => a.reduce((sum, value, at) => sum + (at % 4 === 0 && Math.abs(value - b[at]) > 6 ? 1 : 0), 0);
    const brightness = () => pixels().reduce((sum, value) => sum + value, 0);
    const shades = [];
    for (const heat of [0.1, 1]) {
      engine.setHeat(new Map(county.grids.map(({ regionId }) => [regionId, heat])));
      engine.show('heat', 'shown');
      shades.push(brightness());
    }
    const heat = lookOf(engine);
    const plain = pixels();
    engine.setLoads(loads('silent'));
    const silent = differing(plain, pixels());
    engine.setHeat(null);
    engine.show('heat', 'shown');
    engine.setLoads(loads('reporting'));
    const back = lookOf(engine);
    const without = pixels();
    engine.show('responders', 'shown');
    const [west, south, east, north] = county.bounds;
    engine.setTrail([[west, south], [(west + east) / 2, (south + north) / 2], [east, north]]);
    await engine.settled();
    const withTrail = differing(without, pixels());
    engine.setTrail([]);
    await engine.settled();
    return { load, heat, back, shades, silent, trail: withTrail - differing(without, pixels()) };
  `);
  expect([seen.load.latePixels > 500, seen.heat.latePixels, seen.back.latePixels > 500]).toEqual([true, 0, true]);
  expect((seen.shades[1] ?? 0) > (seen.shades[0] ?? 0)).toBe(true);
  expect([seen.silent > 500, seen.trail > 50]).toEqual([true, true]);
});

test('outlines that cannot be drawn are refused by name and counted, the others are drawn', async () => {
  const refused = await run<{ regionId: string; code: string }[]>(`
    const { engine, county } = await openEngine(${sized});
    const ring = (points) => [points];
    const many = Array.from({ length: 1_000_000 }, (_, index) => [108 + Math.cos(index) / 10, 33 + Math.sin(index) / 10]);
    engine.setOutlines(new Map([['grid', [
      ...county.grids,
      { regionId: 'nan', rings: ring([[108, 33], [Number.NaN, 33], [108, 34], [108, 33]]) },
      { regionId: 'swapped', rings: ring([[33, 108], [33.1, 108], [33.1, 108.1], [33, 108]]) },
      { regionId: 'dateLine', rings: ring([[-179.9, 10], [179.9, 10], [179.9, 11], [-179.9, 10]]) },
      { regionId: 'many', rings: ring(many) },
      { regionId: 'flat', rings: ring([[108, 33], [108.1, 33], [108.2, 33], [108, 33]]) },
      { regionId: 'crossing', rings: ring([[108, 33], [108.1, 33.1], [108.1, 33], [108, 33.1], [108, 33]]) },
      { regionId: 'hole', rings: [[[108, 33], [108.2, 33], [108.2, 33.2], [108, 33]], [[108.1, 33.02], [108.15, 33.02], [108.15, 33.1], [108.1, 33.02]]] },
    ]]]));
    await engine.settled();
    if (lookOf(engine).drawnShare < 0.1) throw new Error('nothing is drawn');
    return engine.refusedOutlines();
  `);
  expect(refused).toEqual([
    { regionId: 'nan', code: 'notNumbers' },
    { regionId: 'swapped', code: 'swappedAxes' },
    { regionId: 'dateLine', code: 'overTheDateLine' },
    { regionId: 'many', code: 'tooManyPoints' },
    { regionId: 'flat', code: 'noArea' },
  ]);
});

test('who was sent has an arc to the incident, at a slant and from above, gone with either of its ends; it follows him over the land that was kept', async () => {
  const { arcs, from, kinds } = await run<{ arcs: number[]; from: number; kinds: string[] }>(`
    const { engine, county } = await openEngine(${sized});
    for (const name of ['areas', 'cameras', 'centers']) engine.show(name, 'hidden');
    const [west, south, east, north] = county.bounds;
    const lines = [{ responder: 0, place: [(west + east) / 2, (south + north) / 2], tone: 'critical' }];
    const count = async () => {
      await engine.settled();
      const without = lookOf(engine).latePixels;
      engine.setAssignments(lines);
      await engine.settled();
      const withArc = lookOf(engine).latePixels;
      engine.setAssignments([]);
      return withArc - without;
    };
    const arcs = [await count()];
    engine.setView({ ...engine.view(), pitch: 0 }, 'jump');
    arcs.push(await count());
    engine.show('incidents', 'hidden');
    arcs.push(await count());
    engine.show('incidents', 'shown');
    engine.setAssignments(lines);
    await engine.settled();
    engine.repaint();
    const before = lookOf(engine).lateAt[0];
    const kinds = [];
    const stop = engine.onFrame((kind) => kinds.push(kind));
    const moved = { ...county.responders, lngLat: county.responders.lngLat.slice() };
    moved.lngLat[0] += (east - west) / 3;
    engine.setPositions(moved);
    while (kinds.length < 2) { engine.repaint(); await new Promise(requestAnimationFrame); }
    stop();
    return { arcs, from: lookOf(engine).lateAt[0] - before, kinds };
  `);
  expect([arcs[0]! > 10, arcs[1]! > 10, arcs[2]]).toEqual([true, true, 0]);
  expect([from > 0.005, kinds.at(-1)]).toEqual([true, 'kept']);
});

test('on a wall, read from afar, edges between areas are ribbons: the county reaches further than with lines, and is as before when it is near again', async () => {
  const shares = await run<number[]>(`
    const { engine } = await openEngine(${sized});
    for (const name of ['cameras', 'responders', 'incidents', 'centers']) engine.show(name, 'hidden');
    const shares = [];
    for (const scale of [1, 6, 1]) {
      engine.setScale(scale);
      await engine.settled();
      shares.push(lookOf(engine).drawnShare);
    }
    return shares;
  `);
  expect([shares[1]! - shares[0]! > 0.002, Math.abs(shares[2]! - shares[0]!) < 0.0005]).toEqual([true, true]);
});

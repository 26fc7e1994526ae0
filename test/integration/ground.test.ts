import type { Browser, Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Basemap, basemapOrigins } from '#contract/map/index.ts';
import { type DeskBasemap, packAlone } from '#main/map/index.ts';
import { demoShelf, openMapPage } from '#test/builders/mapPage.ts';
import { openTestBrowser } from '#test/builders/wallFeed.ts';
import { openTileServer, type TileServer } from '#test/fakes/tileServer.ts';

let browser: Browser;
let window: Page;
let mapPage: Awaited<ReturnType<typeof openMapPage>>;
let tiles: TileServer;
let chosen: DeskBasemap;
let foreign: string[];
let complaints: string[];
beforeAll(async () => {
  mapPage = await openMapPage({ packShelf: await demoShelf(), name: 'ground', basemap: () => chosen });
  browser = await openTestBrowser();
});
afterAll(async () => {
  await browser.close();
  await mapPage.close();
});
beforeEach(async () => {
  tiles = await openTileServer();
  [foreign, complaints] = [[], []];
  window = await browser.newPage({ viewport: { width: 960, height: 640 } });
  window.on('request', (request) => {
    const { origin } = new URL(request.url());
    if (origin !== mapPage.origin && !request.url().startsWith('blob:') && !request.url().startsWith('data:')) foreign.push(origin);
  });
  window.on('pageerror', (error) => complaints.push(error.message));
  window.on('console', (line) => complaints.push(line.text()));
});
afterEach(async () => {
  await window.close();
  await tiles.close();
});

// A picture alone takes a second where nothing draws but the processor.
const patience = { timeout: 40_000 } as const;

const shots = process.env['COMMANDWALL_SHOTS'];
const wmts = (more: object = {}) =>
  choose({ kind: 'wmts', templates: [`${tiles.origin}/wmts?z={z}&x={x}&y={y}&tk={key}`], key: 'k1', attribution: '天地图', ...more });

function choose(value: object): DeskBasemap {
  const basemap = Basemap.parse(value);
  return { served: { basemap, refusal: null }, file: null, origins: basemapOrigins(basemap) };
}

const read = async <Told>(script: string): Promise<Told> => (await window.evaluate(script)) as Told;
const notes = () => read<string[]>('notes');
/** Asked from outside: the page's policy lets nobody evaluate words inside it. */
const until = (condition: string) => expect.poll(() => read<boolean>(condition), { ...patience, message: condition }).toBe(true);

/** The map once it stands still, with what it took. */
async function open(basemap: DeskBasemap, { pace = 'calm' }: { pace?: 'calm' | 'hasty' } = {}) {
  chosen = basemap;
  await window.goto(`${mapPage.origin}/ground.html?at=108.3,33.31&zoom=10&${pace}`);
  await until(`globalThis.store !== undefined && store.getState().pack === 'drawn'`);
}

const settled = () => read<null>('engine.settled().then(() => null)');

/** Shares of the picture that are of the other source's colours (held back by the theme), and how many shades there are at all. */
async function look(name: string) {
  await settled();
  const { data } = PNG.sync.read(await window.screenshot(shots === undefined ? {} : { path: `${shots}/ground-${name}.png` }));
  const shades = new Set<number>();
  let orange = 0;
  for (let at = 0; at < data.length; at += 4) {
    const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
    shades.add(((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4));
    if (red > green + 12 && green > blue + 12) orange += 1;
  }
  return { orange: orange / (data.length / 4), shades: shades.size };
}

/** Nothing moves, so nothing is drawn. */
async function framesAtRest(): Promise<number> {
  return await read<number>(`(async () => {
    const before = frames();
    for (let at = 0; at < 40; at += 1) await new Promise(requestAnimationFrame);
    return frames() - before;
  })()`);
}

test('with none chosen nothing but the own origin is asked', async () => {
  await open(packAlone);
  const { orange } = await look('pack');
  expect([foreign, tiles.asked, await notes(), await read('violations')]).toEqual([[], [], [], []]);
  expect(orange).toBeLessThan(0.1);
});

test('a WMTS lies under borders and names, its key goes to its own server alone, and the map comes to rest', async () => {
  await open(wmts());
  await until(`store.getState().attribution.zh.startsWith('天地图 · ')`);
  const { orange } = await look('wmts');
  expect(orange).toBeGreaterThan(0.25);
  expect([...new Set(foreign)]).toEqual([tiles.origin]);
  expect(tiles.asked.every((path) => /^\/wmts\?z=\d+&x=\d+&y=\d+&tk=k1$/.test(path))).toBe(true);
  expect([await notes(), await read('violations'), tiles.told, complaints]).toEqual([[], [], [], []]);
  expect(await read<string>('JSON.stringify(engine.view()) + document.documentElement.outerHTML')).not.toContain('tk=');
  expect(await framesAtRest()).toBe(0);
});

test('a TileJSON is drawn, and one that names tiles elsewhere is told of and not followed', async () => {
  await open(choose({ kind: 'tileJson', url: `${tiles.origin}/land.json`, tiles: 'pictures', attribution: '县' }));
  await expect.poll(async () => (await look('tileJson')).orange, patience).toBeGreaterThan(0.25);
  await open(choose({ kind: 'tileJson', url: `${tiles.origin}/foreign.json`, tiles: 'pictures', attribution: '县' }));
  await until(`notes.length > 0`);
  expect([await notes(), [...new Set(foreign)], await read('violations')]).toEqual([['otherOrigin'], [tiles.origin], []]);
});

test.each([
  ['refuse', 'refused'],
  ['page', 'notTiles'],
  ['hang', 'slow'],
  ['nothing', 'missing'],
  ['fault', 'busy'],
] as const)(
  'a server that answers "%s" is told of once as "%s"; borders and names stay, and few questions are asked',
  async (manner, why) => {
    tiles.manner = manner;
    await open(wmts(), { pace: manner === 'hang' ? 'hasty' : 'calm' });
    await until(`notes.length > 0`);
    const { orange, shades } = await look(manner);
    expect(await notes()).toEqual([why]);
    expect([orange < 0.05, shades > 20]).toEqual([true, true]);
    const before = tiles.asked.length;
    // One look after the other goes by: each is one question, not one for each tile that is seen.
    await expect.poll(() => tiles.asked.length, patience).toBeGreaterThan(before + 1);
    expect(await notes()).toEqual([why]);
    // What is seen, and where that is not there the coarser ones: each once.
    expect([before < 60, new Set(tiles.asked.slice(0, before)).size > before / 2]).toEqual([true, true]);
    expect(await framesAtRest()).toBe(0);
    tiles.manner = 'well';
    await until(`notes.at(-1) === 'none'`);
    await expect.poll(async () => (await look(`${manner}-back`)).orange, patience).toBeGreaterThan(0.25);
  },
);

test('a server without leave for other origins is told from one that is not there', async () => {
  tiles.manner = 'unreadable';
  await open(wmts());
  await until(`notes.includes('notAllowed')`);
  await tiles.close();
  await open(wmts());
  await until(`notes.length > 0`);
  await settled();
  expect(await notes()).toEqual(['unreachable']);
  tiles = await openTileServer();
});

test('one tile of four that fails is no trouble, and is asked for again', async () => {
  tiles.manner = 'limping';
  await open(wmts());
  await settled();
  const first = tiles.asked.length;
  tiles.manner = 'well';
  await expect.poll(() => tiles.asked.length, patience).toBeGreaterThan(first);
  expect([await notes(), (await look('limping')).orange > 0.25]).toEqual([[], true]);
});

test('a setting that was refused says why on the map, and the pack is drawn', async () => {
  await open({ ...packAlone, served: { basemap: { kind: 'pack' }, refusal: { code: 'map.basemapKeyMissing', params: { address: 'x' } } } });
  const { shades } = await look('refused-setting');
  expect([await notes(), shades > 40, foreign]).toEqual([['map.basemapKeyMissing'], true, []]);
});

test('an open window takes up the pack that its workstation has taken', async () => {
  await open(packAlone);
  await settled();
  const asked = () => mapPage.asked.filter(({ path }) => path === '/map/pack/manifest.json').length;
  const before = asked();
  await read(`room.setState({ mapPack: 'f'.repeat(64) })`);
  await expect.poll(asked, patience).toBe(before + 1);
});

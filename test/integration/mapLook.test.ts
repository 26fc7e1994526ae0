import { type Browser } from '@playwright/test';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packFiles } from '#contract/map/index.ts';
import { demoShelf, openMapPage } from '#test/builders/mapPage.ts';
import { openTestBrowser } from '#test/builders/wallFeed.ts';

/** What the page says of its map once it stands still. */
type Drawn = { errors: string[]; violations: string[]; kinds: string[]; towns: string[]; villages: string[] };

let browser: Browser;
let page: Awaited<ReturnType<typeof openMapPage>>;
beforeAll(async () => {
  page = await openMapPage({ packShelf: await demoShelf() });
  browser = await openTestBrowser();
});
afterAll(async () => {
  await browser.close();
  await page.close();
});

const shots = process.env['COMMANDWALL_SHOTS'];
const county = { at: '108.30,33.31', zoom: 9.6, pitch: 0 };
const seat = { at: '108.284,33.313', zoom: 14.2, pitch: 55 };

/** Draws a look; `foreign` = addresses other than the page's own that it wanted. */
async function draw(look: { theme: string; language: string; at: string; zoom: number; pitch: number; name?: string }) {
  const context = await browser.newContext({ viewport: { width: 960, height: 640 } });
  const foreign: string[] = [];
  context.on('request', (request) => {
    if (!request.url().startsWith(`${page.origin}/`) && !request.url().startsWith('blob:')) foreign.push(request.url());
  });
  const window = await context.newPage();
  const query = new URLSearchParams(Object.entries(look).map(([key, value]): [string, string] => [key, String(value)]));
  await window.goto(`${page.origin}/map.html?${query.toString()}`);
  // Where nothing draws but a processor that others use too, one picture may take a minute: the test's own limit is enough.
  await window.waitForFunction(() => 'drawn' in globalThis, undefined, { timeout: 0 });
  const drawn = (await window.evaluate('drawn')) as Drawn;
  const png = await window.screenshot(
    shots === undefined ? {} : { path: `${shots}/map-${look.name ?? `${look.theme}-${look.language}-${look.zoom}`}.png` },
  );
  await context.close();
  return { drawn, foreign, picture: PNG.sync.read(png) };
}

/** Mean brightness, 0..255, and how many different colours there are (of 4,096 shades). */
function measure({ data }: PNG): { brightness: number; colours: number } {
  let sum = 0;
  const colours = new Set<number>();
  for (let at = 0; at < data.length; at += 4) {
    const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
    sum += (red + green + blue) / 3;
    colours.add(((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4));
  }
  return { brightness: sum / (data.length / 4), colours: colours.size };
}

describe('the land of the county pack', () => {
  test('is drawn in three rooms from the own origin alone, under the policy of the windows', async () => {
    const drawn = [];
    for (const theme of ['dim', 'bright', 'contrast']) drawn.push(await draw({ ...county, theme, language: 'zh' }));
    expect(drawn.map(({ drawn: { errors, violations }, foreign }) => ({ errors, violations, foreign }))).toEqual(
      drawn.map(() => ({ errors: [], violations: [], foreign: [] })),
    );
    const [dim, bright, contrast] = drawn.map(({ picture }) => measure(picture));
    expect([(dim?.brightness ?? 255) < 60, (bright?.brightness ?? 0) > 180, (contrast?.brightness ?? 255) < 60]).toEqual([
      true,
      true,
      true,
    ]);
    expect(drawn.every(({ picture }) => measure(picture).colours > 40)).toBe(true);
  });

  test('is read in parts, and no glyph or sprite is asked for', async () => {
    const tiles = page.asked.filter(({ path: asked }) => asked.endsWith('.pmtiles'));
    expect([tiles.length > 4, new Set(tiles.map(({ status }) => status))]).toEqual([true, new Set([206])]);
    expect(page.asked.filter(({ path: asked }) => /glyph|sprite|\.pbf/.test(asked))).toEqual([]);
    expect(page.asked.filter(({ path: asked }) => asked.endsWith(packFiles.gazetteer)).length).toBeGreaterThan(0);
  });

  test('says the names of its towns in the language that was asked for', async () => {
    const zh = (await draw({ ...county, theme: 'dim', language: 'zh' })).drawn.towns;
    const en = (await draw({ ...county, theme: 'dim', language: 'en' })).drawn.towns;
    expect([
      zh.includes('城关镇'),
      zh.includes('双溪镇'),
      en.includes('Chengguan Town'),
      en.some((name) => /[\u4e00-\u9fff]/.test(name)),
    ]).toEqual([true, true, true, false]);
  });

  test('shows houses, streets and villages when one comes near', async () => {
    const { drawn } = await draw({ ...seat, theme: 'dim', language: 'zh' });
    expect(['buildings', 'road-street', 'road-national', 'rivers', 'land-builtUp'].filter((layer) => !drawn.kinds.includes(layer))).toEqual(
      [],
    );
    const { kinds } = (await draw({ ...county, theme: 'dim', language: 'zh' })).drawn;
    expect(kinds.includes('buildings')).toBe(false);
  });
});

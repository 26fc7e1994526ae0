import { writeFile } from 'node:fs/promises';
import type { Browser, Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CanvasArea, type DisplayKey, type HungDisplay, type WallCanvas, wallCanvas } from '#contract/wall/index.ts';
import { demoShelf, openMapPage } from '#test/builders/mapPage.ts';
import { openTestBrowser } from '#test/builders/wallFeed.ts';

let browser: Browser;
let window: Page;
let mapPage: Awaited<ReturnType<typeof openMapPage>>;
const errors: string[] = [];
beforeAll(async () => {
  mapPage = await openMapPage({ packShelf: await demoShelf(), name: 'span' });
  browser = await openTestBrowser();
  window = await browser.newPage();
  window.on('pageerror', (error) => errors.push(error.message));
  await window.goto(
    `${mapPage.origin}/span.html?${new URLSearchParams({ at: '108.30,33.31', zoom: '11.2', pitch: '0', bearing: '0' }).toString()}`,
  );
  // Where nothing draws but the processor, fonts and land take their time.
  await window.evaluate(`new Promise((resolve) => {
    const look = ({ pack }) => pack === 'drawn' && resolve(null);
    store.subscribe(look);
    look(store.getState());
  })`);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await mapPage.close();
});

const shots = process.env['COMMANDWALL_SHOTS'];
const [width, height] = [480, 300];
const bezel = { unit: 'px', sides: 8, ends: 5 } as const;
const hung = (displayKey: string, column: number, row: number): HungDisplay => ({
  ...{ displayKey: displayKey as DisplayKey, x: column * width, y: row * height, widthPx: width, heightPx: height },
  ...{ widthMm: null, heightMm: null, bezel },
});
const pair = wallCanvas([hung('a', 0, 0), hung('b', 1, 0)]);
const square = wallCanvas([hung('a', 0, 0), hung('b', 1, 0), hung('c', 0, 1), hung('d', 1, 1)]);
const above = { center: [108.3, 33.31], zoom: 11.2, pitch: 0, bearing: 0 };
const aslant = { ...above, pitch: 55, bearing: 30 };
const near = { ...aslant, zoom: 14.4 };

/** What a display of this size shows of a look, once it stands still: the whole, or a part of the canvas; `finer`: it has so many pixels for one. */
async function look({
  view,
  area,
  canvas,
  finer = 1,
  name,
}: {
  view: typeof above;
  area: CanvasArea | null;
  canvas: WallCanvas;
  finer?: number;
  name: string;
}) {
  const { wide, high } = canvas;
  const size = area ?? { width: wide, height: high };
  await window.setViewportSize({ width: size.width * finer, height: size.height * finer });
  const part = area === null ? null : [area.left, area.top, area.width, area.height, wide, high].join(',');
  await window.evaluate(
    `show(${JSON.stringify(part)}); engine.fit(); engine.setView(${JSON.stringify(view)}, 'jump'); engine.settled().then(() => null)`,
  );
  const bytes = await window.screenshot();
  if (shots !== undefined) await writeFile(`${shots}/span-${name}.png`, bytes);
  return PNG.sync.read(bytes);
}

/** Pixels that the page's canvas really has. */
const buffer = () => window.evaluate(`(({ width, height }) => [width, height])(document.querySelector('canvas'))`);

/** Share of the part's pixels that are not those of the whole where it lies, moved by `off` to the right. */
function differing({ whole, part, area, off = 0 }: { whole: PNG; part: PNG; area: CanvasArea; off?: number }): number {
  let different = 0;
  let compared = 0;
  for (let y = 0; y < part.height; y += 1) {
    for (let x = Math.max(0, -off); x < part.width - Math.max(0, off); x += 1) {
      const [at, from] = [((area.top + y) * whole.width + area.left + x + off) * 4, (y * part.width + x) * 4];
      compared += 1;
      if ([0, 1, 2].some((colour) => Math.abs((whole.data[at + colour] ?? 0) - (part.data[from + colour] ?? 0)) > 24)) different += 1;
    }
  }
  return different / compared;
}

describe('one map over several displays', () => {
  test.each([
    { name: 'two from above', canvas: pair, view: above },
    { name: 'four aslant', canvas: square, view: aslant },
    { name: 'four aslant, among houses', canvas: square, view: near },
  ])('is pixel for pixel what one canvas behind them would show: $name', async ({ name, canvas, view }) => {
    const whole = await look({ view, area: null, canvas, name: `${name}-whole` });
    for (const [key, area] of canvas.areas) {
      const part = await look({ view, area, canvas, name: `${name}-${key}` });
      // The display draws no more pixels than it has.
      expect(await buffer()).toEqual([area.width, area.height]);
      const [fits, moved] = [differing({ whole, part, area }), differing({ whole, part, area, off: 2 })];
      // A picture two pixels beside it would be seen, so that fitting says something.
      expect([fits < 0.004, moved > 0.02, moved > fits * 8], `${name} ${key}: ${fits} differ, ${moved} when moved`).toEqual([
        true,
        true,
        true,
      ]);
    }
    expect(errors).toEqual([]);
  });

  test('a place that two displays show lies at the same place of the whole on both, and where the one canvas has it', async () => {
    const places = `JSON.stringify(places.map((place) => { const { x, y } = engine.pointOf(place); return [x, y]; }))`;
    await look({ view: aslant, area: null, canvas: square, name: 'places-whole' });
    const whole = JSON.parse(await window.evaluate<string>(places)) as readonly (readonly [number, number])[];
    let worst = 0;
    for (const [key, area] of square.areas) {
      await look({ view: aslant, area, canvas: square, finer: key === 'b' ? 2 : 1, name: `places-${key}` });
      const own = JSON.parse(await window.evaluate<string>(places)) as typeof whole;
      worst = Math.max(worst, ...own.map(([x, y], at) => Math.hypot(x - (whole[at]?.[0] ?? 0), y - (whole[at]?.[1] ?? 0))));
    }
    expect(worst).toBeLessThan(0.01);
  });

  test('a display with twice the pixels draws the same part with all of them', async () => {
    const [, area] = [...square.areas][3] ?? [];
    if (area === undefined) throw new Error('no fourth display');
    const fine = await look({ view: aslant, area, canvas: square, finer: 2, name: 'finer' });
    expect(await buffer()).toEqual([area.width * 2, area.height * 2]);
    const whole = await look({ view: aslant, area: null, canvas: square, name: 'finer-whole' });
    const halved = half(fine);
    expect(differing({ whole, part: halved, area })).toBeLessThan(differing({ whole, part: halved, area, off: 2 }) / 2);
  });
});

/** Four pixels as one. */
function half(png: PNG): PNG {
  const small = new PNG({ width: png.width / 2, height: png.height / 2 });
  for (let y = 0; y < small.height; y += 1) {
    for (let x = 0; x < small.width; x += 1) {
      for (let colour = 0; colour < 4; colour += 1) {
        const at = (row: number, column: number) => png.data[((y * 2 + row) * png.width + x * 2 + column) * 4 + colour] ?? 0;
        small.data[(y * small.width + x) * 4 + colour] = (at(0, 0) + at(0, 1) + at(1, 0) + at(1, 1)) / 4;
      }
    }
  }
  return small;
}

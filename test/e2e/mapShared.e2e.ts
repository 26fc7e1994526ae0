import { expect, type Page } from '@playwright/test';
import { miniCell, test, tileAt, type WindowsRoom } from './windowsRoom.ts';

const map = (page: Page) => page.locator('#console-map');
const panel = (page: Page) => map(page).locator('[data-selection]');
const outline = (where: Page | ReturnType<typeof tileAt>) => where.locator('[data-selection-outline]');

async function consoleWithMap({ openConsole }: WindowsRoom): Promise<Page> {
  const page = await openConsole();
  await expect(map(page).locator('[data-map="open"]')).toBeVisible();
  return page;
}

async function mapOn(page: Page, place: string): Promise<void> {
  await page.getByRole('button', { name: '地图', exact: true }).dragTo(miniCell(page, place));
}

test('a circle that one console draws is seen on the wall with its counts and is in hand on the other console, and is gone on all at once', async ({
  startRoom,
}) => {
  const room = await startRoom();
  const wall = await room.openWall();
  const one = await consoleWithMap(room);
  const two = await consoleWithMap(room);
  await mapOn(one, '1.2');
  const tile = tileAt(wall, '1.2');
  await expect(tile.locator('[data-map="open"]')).toBeVisible();
  await one.keyboard.press('m');
  await one.keyboard.press('q');
  for (let step = 0; step < 22; step += 1) await one.keyboard.press('+');
  await one.keyboard.press('Enter');
  const counted = panel(one).locator('[data-count="cameras"]');
  await expect(counted).not.toContainText(/^0/);
  const cameras = ((await counted.textContent()) ?? '').match(/^[\d,]+/)?.[0] ?? '';
  expect(Number(cameras.replace(',', ''))).toBeGreaterThan(0);
  const told = tile.locator('[data-tile-selection="circle"]');
  await expect(told).toContainText(/圈选 .+ (米|公里)/);
  await expect(told.locator('[data-count="cameras"]')).toHaveText(new RegExp(`^${cameras}\\s*摄像机$`));
  await expect(outline(tile)).toHaveAttribute('d', /^M/);
  // The other console can act on it.
  await expect(panel(two)).toHaveAttribute('data-selection', 'circle');
  await expect(panel(two)).toHaveAttribute('data-radius', (await panel(one).getAttribute('data-radius')) ?? '');
  await expect(panel(two).locator('[data-count="cameras"]')).toContainText(cameras);
  if (process.env['COMMANDWALL_SHOTS'] !== undefined) {
    await one.screenshot({ path: `${process.env['COMMANDWALL_SHOTS']}/shared-one.png` });
    await wall.screenshot({ path: `${process.env['COMMANDWALL_SHOTS']}/shared-wall.png` });
  }
  const lead = () => room.main.room().mapLook?.by;
  const first = lead();
  await two.keyboard.press('m');
  await two.keyboard.press('Escape');
  await expect(panel(one)).toHaveCount(0);
  await expect(told).toHaveCount(0);
  await expect(outline(tile)).toHaveAttribute('d', '');
  expect(lead()).not.toBe(first);
});

test('one map tile is pinned by its key and keeps its look while another follows, and follows again by a click', async ({ startRoom }) => {
  const room = await startRoom();
  const wall = await room.openWall();
  const page = await consoleWithMap(room);
  await mapOn(page, '1.2');
  const tile = tileAt(wall, '1.2');
  await expect(tile.locator('[data-map="open"]')).toBeVisible();
  await page.keyboard.press('m');
  await page.keyboard.press('+');
  const zoom = () => room.main.room().mapLook?.camera.zoom ?? 0;
  // The map flies there, and tells where it is meanwhile.
  let last = 0;
  const rests = () => {
    const before = last;
    last = zoom();
    return last > 0 && last === before;
  };
  await expect.poll(rests, { intervals: [500] }).toBe(true);
  const content = () => room.main.room().wall.displays[0]?.tiles[1]?.content ?? {};
  await miniCell(page, '1.2').focus();
  await page.keyboard.press('v');
  await expect(tile.locator('[data-following="pinned"]')).toBeVisible();
  await expect(miniCell(page, '1.2').locator('[data-pin-tile]')).toHaveText(/定格/);
  const pinned = content();
  expect(pinned).toMatchObject({ zoom: zoom(), shown: 'areas incidents responders cameras centers', hidden: 'heat' });
  // What the console does now the pinned map does not: no layer, no part that is chosen.
  await page.keyboard.press('m');
  await page.keyboard.press('6');
  await page.keyboard.press('q');
  await expect.poll(() => room.main.room().mapLook?.selection?.area.kind).toBe('circle');
  expect(content()).toEqual(pinned);
  await expect(tile.locator('[data-tile-selection]')).toHaveCount(0);
  await miniCell(page, '1.2').locator('[data-pin-tile]').click();
  await expect(tile.locator('[data-following="live"]')).toBeVisible();
  await expect(tile.locator('[data-tile-selection="circle"]')).toBeVisible();
  expect(content()).toEqual({});
});

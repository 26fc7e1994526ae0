import { expect, type Page } from '@playwright/test';
import { miniCell, test, tileAt } from './windowsRoom.ts';

const map = (page: Page) => page.locator('#console-map');
const drawn = (page: Page, kind: string) => page.locator(`[data-drawing][data-kind="${kind}"]`);

async function openMap(page: Page): Promise<{ x: number; y: number }> {
  await expect(map(page).locator('[data-map="open"]')).toBeVisible();
  const box = await map(page).boundingBox();
  if (box === null) throw new Error('the map has no place');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test('an arrow and words are drawn by keys and pointer, seen on the wall, and taken back', async ({ startRoom }) => {
  const { main, openConsole, openWall } = await startRoom();
  const wall = await openWall();
  const page = await openConsole();
  const { x, y } = await openMap(page);
  await page.getByRole('button', { name: '地图', exact: true }).dragTo(miniCell(page, '1.2'));
  await map(page).focus();
  await page.keyboard.press('d');
  await page.keyboard.press('1');
  await page.mouse.click(x - 120, y + 60);
  await page.mouse.click(x + 60, y - 40);
  await map(page).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-kind="arrow"][data-look="standing"]')).toHaveCount(1);
  await page.keyboard.press('4');
  await page.getByRole('textbox', { name: '标绘文字' }).fill('临时集结点');
  await page.mouse.click(x + 120, y + 40);
  await expect(drawn(page, 'text')).toContainText('临时集结点');
  const tile = tileAt(wall, '1.2');
  await expect(tile.locator('[data-drawing]')).toHaveCount(2);
  await page.mouse.move(x - 30, y + 10);
  await expect(page.getByRole('tooltip')).toContainText('本人');
  if (process.env['COMMANDWALL_SHOTS'] !== undefined) {
    await page.screenshot({ path: `${process.env['COMMANDWALL_SHOTS']}/draw-console.png` });
    await wall.screenshot({ path: `${process.env['COMMANDWALL_SHOTS']}/draw-wall.png` });
  }
  await map(page).focus();
  await page.keyboard.press('Control+z');
  await expect(drawn(page, 'text')).toHaveCount(0);
  await expect(tile.locator('[data-drawing]')).toHaveCount(1);
  const asked = main.calls.flatMap(({ name, message }) => (name === 'commandMap' ? [(message as { type: string }).type] : []));
  expect(asked).toEqual(['map.draw', 'map.draw', 'map.eraseDrawing']);
});

test('a map on the wall looks where the console looks, unless it is pinned or the console goes its own way', async ({ startRoom }) => {
  const { main, openConsole, openWall } = await startRoom();
  const wall = await openWall();
  const page = await openConsole();
  await openMap(page);
  await page.getByRole('button', { name: '地图', exact: true }).dragTo(miniCell(page, '1.2'));
  const tile = tileAt(wall, '1.2');
  await expect(tile.locator('[data-map="open"]')).toBeVisible();
  await expect(tile.locator('[data-following="live"]')).toBeVisible();
  const zoom = () => main.room().mapLook?.camera.zoom ?? 0;
  // A drawing at a place shows in each window where that place is seen.
  const place = { kind: 'assemblyPoint', points: [[108.05, 33.05]], text: null } as const;
  const id = '01890000-0000-7000-8000-000000000001';
  const times = { authorId: 'p-duty', drawnAtMs: Date.now(), expiresAtMs: Date.now() + 3_600_000 };
  main.change({ drawings: [{ ...place, ...times, id, regionId: 'anlan', townId: null, villageId: null }] as never });
  const flag = (where: Page) => where.locator('[data-kind="assemblyPoint"] path').first();
  const seenAt = async (where: Page) => await flag(where).getAttribute('d');
  await map(page).focus();
  await page.keyboard.press('+');
  await expect.poll(zoom).toBeGreaterThan(0);
  await expect(flag(wall)).toBeAttached();
  const before = await seenAt(wall);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => seenAt(wall)).not.toBe(before);
  await page.keyboard.press('v');
  await expect(page.getByRole('status').filter({ hasText: '已脱离共同视图' })).toBeVisible();
  const calls = main.calls.filter(({ name }) => name === 'shareMap').length;
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('+');
  await page.keyboard.press('v');
  await expect(page.getByRole('status').filter({ hasText: '已脱离共同视图' })).toHaveCount(0);
  expect(main.calls.filter(({ name }) => name === 'shareMap')).toHaveLength(calls);
  await page.getByRole('button', { name: '大屏定格' }).click();
  await expect(tile.locator('[data-following="pinned"]')).toBeVisible();
  await expect.poll(() => main.room().wall.displays[0]?.tiles[1]?.content['zoom']).toBeGreaterThan(0);
  await page.getByRole('button', { name: '大屏跟随' }).click();
  await expect(tile.locator('[data-following="live"]')).toBeVisible();
  if (process.env['COMMANDWALL_SHOTS'] !== undefined) await page.screenshot({ path: `${process.env['COMMANDWALL_SHOTS']}/follow.png` });
});

test('one tool is in hand at a time, Esc takes the innermost thing back, and letters of a drawing are no keys', async ({ startRoom }) => {
  const { openConsole } = await startRoom();
  const page = await openConsole();
  await openMap(page);
  const held = (name: string) => map(page).getByRole('button', { name, exact: false }).and(page.locator('[aria-pressed="true"]'));
  await map(page).focus();
  await page.keyboard.press('q');
  await page.keyboard.press('Enter');
  await expect(map(page).locator('[data-selection="circle"]')).toBeVisible();
  await page.keyboard.press('f');
  await expect(held('套索')).toHaveCount(1);
  await page.keyboard.press('d');
  await page.keyboard.press('2');
  await expect(held('套索')).toHaveCount(0);
  await expect(held('线 2')).toHaveCount(1);
  const words = page.getByRole('textbox', { name: '标绘文字' });
  await words.focus();
  await page.keyboard.type('q1w');
  await expect(words).toHaveValue('q1w');
  await expect(map(page).getByRole('button', { name: '网格 1' })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Enter');
  await expect(map(page)).toBeFocused();
  await page.keyboard.press(' ');
  await expect(drawn(page, 'line')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(drawn(page, 'line')).toHaveCount(0);
  await expect(held('线 2')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(held('线 2')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(map(page).getByRole('button', { name: /箭头/ })).toHaveCount(0);
  await expect(map(page).locator('[data-selection="circle"]')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(map(page).locator('[data-selection]')).toHaveCount(0);
  await page.keyboard.press('w');
  await expect(miniCell(page, '1.1')).toBeFocused();
});

import { expect, type Page } from '@playwright/test';
import { miniCell, test, tileAt } from './windowsRoom.ts';

const map = (page: Page) => page.locator('#console-map');

async function openMap(page: Page): Promise<{ x: number; y: number }> {
  await expect(map(page).locator('[data-map="open"]')).toBeVisible();
  const box = await map(page).boundingBox();
  if (box === null) throw new Error('the map has no place');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test('one goes from the county into a grid by keys, sees the way back, and comes back', async ({ startRoom }) => {
  const { openConsole } = await startRoom();
  const page = await openConsole();
  const middle = await openMap(page);
  // Cameras lie in the middle of their grids: without them a click means the grid itself.
  await page.keyboard.press('m');
  await page.keyboard.press('4');
  await expect(map(page).getByRole('button', { name: /摄像机/ })).toHaveAttribute('aria-pressed', 'false');
  await page.mouse.click(middle.x, middle.y);
  const card = map(page).locator('[data-chosen="region"]');
  await expect(card).toContainText('01网格');
  await page.keyboard.press('Enter');
  const path = map(page).getByRole('navigation');
  await expect(path.getByRole('button')).toHaveCount(4);
  await expect(path.locator('[aria-current]')).toContainText('01网格');
  await page.keyboard.press('Backspace');
  await expect(path.getByRole('button')).toHaveCount(3);
  await path.getByRole('button').first().click();
  await expect(path.getByRole('button')).toHaveCount(1);
  await expect(card).toHaveCount(0);
});

test('a window whose browser draws nothing in three dimensions says so, and everything else in it works', async ({ startRoom }) => {
  const { openConsole } = await startRoom();
  const page = await openConsole();
  await openMap(page);
  await page.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = () => null;
  });
  await page.reload();
  await expect(map(page).locator('[data-map="undrawable"]')).toContainText('画不了三维图形');
  await page.keyboard.press('F1');
  await expect(page.getByRole('dialog')).toBeVisible();
});

test('the map is put on the wall like any other picture, and the wall draws it with its own place in words', async ({ startRoom }) => {
  const { main, openConsole, openWall } = await startRoom();
  const wall = await openWall();
  const page = await openConsole();
  await page.getByRole('button', { name: '地图', exact: true }).dragTo(miniCell(page, '1.2'));
  await expect(miniCell(page, '1.2')).toContainText('地图');
  const tile = tileAt(wall, '1.2');
  await expect(tile.locator('[data-map="open"]')).toBeVisible();
  await expect(tile).toContainText('安澜县');
  await expect(tile.locator('canvas')).toHaveCount(1);
  // Its window gives a small picture of it, of no camera.
  const small = () => main.calls.find(({ name, message }) => name === 'reportThumbnail' && (message as { cell: number }).cell === 1);
  await expect.poll(small).toBeDefined();
  expect(small()?.message).toMatchObject({ cameraId: null, jpeg: expect.stringMatching(/^\/9j\//) });
});

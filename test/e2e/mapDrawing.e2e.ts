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

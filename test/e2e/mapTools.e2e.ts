import { expect, type Page } from '@playwright/test';
import { test } from './windowsRoom.ts';

const map = (page: Page) => page.locator('#console-map');
const panel = (page: Page) => map(page).locator('[data-selection]');

async function openMap(page: Page) {
  await expect(map(page).locator('[data-map="open"]')).toBeVisible();
  const box = await map(page).boundingBox();
  if (box === null) throw new Error('the map has no place');
  return (right: number, down: number) => [box.x + box.width / 2 + right, box.y + box.height / 2 + down] as const;
}

test('what is in hand stays in hand while language and theme change: a measured line, then corners of an area', async ({ startRoom }) => {
  const { main, openConsole } = await startRoom();
  const page = await openConsole();
  const at = await openMap(page);
  await page.keyboard.press('m');
  await page.keyboard.press('u');
  await page.mouse.click(...at(-80, 0));
  await page.mouse.click(...at(80, 0));
  const measured = panel(page).locator('[data-measured]');
  const metres = await measured.getAttribute('data-measured');
  await page.getByRole('button', { name: '设置' }).click();
  await page.getByRole('menuitem', { name: '明室' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'bright');
  main.change({ language: 'en' });
  await expect(measured).toContainText('2 points');
  await expect(measured).toHaveAttribute('data-measured', metres ?? '');
  await map(page).focus();
  await page.mouse.click(...at(80, 60));
  await expect(measured).toContainText('3 points');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');

  await page.keyboard.press('d');
  await page.keyboard.press('3');
  for (const corner of [at(-60, 40), at(60, 40)]) await page.mouse.click(...corner);
  main.change({ language: 'zh' });
  await expect(page.getByRole('textbox', { name: '标绘文字' })).toBeVisible();
  await page.mouse.click(...at(0, -50));
  await map(page).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-kind="area"][data-look="standing"]')).toHaveCount(1);
});

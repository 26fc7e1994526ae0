import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { fakeRoom } from '../fakes/fakeRoom.ts';
import { test } from './windowsRoom.ts';

test('every connected camera is in the health page once, opened by a key, narrowed by state; a click looks at it', async ({
  startRoom,
}) => {
  const { main, openConsole } = await startRoom();
  const page = await openConsole();
  await expect(page.getByRole('tree')).toBeVisible();
  await page.keyboard.press('h');
  const dialog = page.getByRole('dialog', { name: '摄像机健康' });
  const rows = dialog.locator('tbody tr');
  await expect(rows.first()).toBeVisible();
  await expect.poll(() => main.calls.some(({ name }) => name === 'cameraHealth')).toBe(true);
  const all = await rows.count();
  const counted = await dialog.locator('button[data-state] b').allTextContents();
  expect(counted.reduce((sum, text) => sum + Number(text), 0)).toBe(all);
  await expect(dialog.getByRole('button', { name: /^全部/ }).locator('b')).toHaveText(String(all));
  // Nobody looks at anything yet, and nothing is known against any of them.
  await dialog.locator('button[data-state="lost"]').click();
  await expect(dialog.getByText('没有符合条件的摄像机')).toBeVisible();
  await dialog.getByRole('button', { name: /^全部/ }).click();
  // Whoever may not take the directory away has nothing to take this away with.
  await expect(dialog.getByRole('button', { name: '导出 CSV' })).toHaveCount(0);
  const name = (await rows.first().getByRole('button').innerText()).split(/\s+/).at(-1) ?? '';
  await rows.first().getByRole('button').click();
  await expect(dialog).toBeHidden();
  await expect(page.getByTestId('preview')).toContainText(name);
});

test('the page is narrowed to one town, and what is shown is taken away as a table by whoever may', async ({ startRoom }) => {
  const { person } = fakeRoom();
  const { main, openConsole } = await startRoom({ changes: { person: person && { ...person, roles: ['dutyOfficer', 'administrator'] } } });
  const page = await openConsole();
  await expect(page.getByRole('tree')).toBeVisible();
  await page.keyboard.press('h');
  const dialog = page.getByRole('dialog', { name: '摄像机健康' });
  const rows = dialog.locator('tbody tr');
  await expect(rows.first()).toBeVisible();
  const all = await rows.count();
  const inEachTown: number[] = [];
  await dialog.getByLabel('乡镇').first().click();
  const towns = await page.getByRole('option').allTextContents();
  await page.keyboard.press('Escape');
  for (const town of towns) {
    await dialog.getByLabel('乡镇').first().click();
    await page.getByRole('option', { name: town, exact: true }).click();
    await expect(dialog.getByRole('button', { name: /^全部/ }).locator('b')).toHaveText(String(await rows.count()));
    inEachTown.push(await rows.count());
  }
  expect([towns.length > 1, inEachTown.reduce((sum, count) => sum + count, 0), Math.max(...inEachTown) > 0]).toEqual([true, all, true]);

  const busiest = towns[inEachTown.indexOf(Math.max(...inEachTown))] ?? '';
  await dialog.getByLabel('乡镇').first().click();
  await page.getByRole('option', { name: busiest, exact: true }).click();
  await expect(rows).toHaveCount(Math.max(...inEachTown));
  const downloading = page.waitForEvent('download');
  await dialog.getByRole('button', { name: '导出 CSV' }).click();
  const text = await readFile(await (await downloading).path(), 'utf8');
  // One line for the columns, one for each row that is shown; the platform was told before.
  expect([text.trim().split('\n').length, main.calls.filter(({ name }) => name === 'exportCameraHealth').length]).toEqual([
    Math.max(...inEachTown) + 1,
    1,
  ]);
});

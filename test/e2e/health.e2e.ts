import { expect } from '@playwright/test';
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

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { routes } from '#contract/bus/index.ts';
import { type Running, startPlatform, startTabRoom } from '../builders/runningRoom.ts';

/** The real platform, its gateway and a real desk: a snapshot from the key that takes it to the one that erases it. */
test.describe.configure({ timeout: 300_000 });

let dataDir: string;
let platform: Running & { url: string };
let room: Awaited<ReturnType<typeof startTabRoom>>;
test.beforeEach(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'commandwall-evidence-'));
  platform = await startPlatform({ dataDir });
  room = await startTabRoom({ dataDir, platformUrl: platform.url });
});
test.afterEach(async () => {
  await room.stop();
  await platform.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function signIn(page: Page, account: string): Promise<void> {
  await page.getByLabel('账号').fill(account);
  await page.getByRole('textbox', { name: '密码' }).fill(`${account}-demo`);
  await page.keyboard.press('Enter');
}

test('a snapshot is taken with one key, found in the list, opened, erased by right, and the auditor reads all of it', async ({
  browser,
}) => {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  const page = await context.newPage();
  const wrongs: string[] = [];
  page.on('pageerror', (error) => wrongs.push(error.message));
  await page.goto(room.consoleUrl);
  await expect(page.getByTestId('preview')).toContainText('实况', { timeout: 240_000 });

  await page.keyboard.press('s');
  const form = page.getByRole('dialog', { name: '拍快照留存' });
  await form.getByLabel('留存事由').selectOption({ label: '事件处置' });
  await form.getByLabel('事件编号').fill('2026-118');
  await page.keyboard.press('Enter');
  await expect(page.getByText('快照已留存')).toBeVisible();
  await page.getByRole('button', { name: '留存 1 张' }).click();

  const panel = page.getByRole('dialog', { name: '快照留存' });
  await expect(panel.locator('[data-evidence]')).toContainText(['事件处置 2026-118']);
  await panel.getByRole('button', { name: '查看', exact: true }).click();
  const picture = page.getByTestId('kept-picture');
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalHeight)).toBeGreaterThan(400);
  expect(await picture.getAttribute('src')).toMatch(/^blob:/);
  // Who takes and looks does not erase.
  await expect(panel.getByRole('button', { name: '擦除' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);

  await page.getByRole('button', { name: '设置' }).click();
  await page.getByRole('menuitem', { name: '退出登录' }).click();
  await signIn(page, 'admin');
  await expect(page.getByRole('button', { name: '设置' })).toBeVisible();
  await page.keyboard.press('e');
  await expect(panel.getByRole('button', { name: '查看', exact: true })).toHaveCount(0);
  await panel.getByRole('button', { name: '擦除' }).click();
  await page.getByRole('dialog', { name: '擦除快照' }).getByRole('button', { name: '误拍，擦除' }).click();
  await expect(panel.locator('[data-standing="erased"]')).toContainText('误拍');
  expect(readdirSync(path.join(dataDir, 'platform', 'evidence'))).toEqual([]);
  expect(wrongs).toEqual([]);

  await page.goto(`${platform.url}${routes.auditPage}`);
  await signIn(page, 'auditor');
  await expect(page.getByText('留存的快照')).toBeVisible();
  await page.getByRole('button', { name: '审计登记' }).click();
  for (const words of ['快照留存', '查看快照', '擦除快照'])
    await expect(page.getByRole('cell', { name: words, exact: true })).toBeVisible();
  await expect(page.getByRole('row', { name: /快照留存/ })).toContainText('事件处置 2026-118');
  await context.close();
});

import path from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { routes } from '#contract/bus/index.ts';
import { enrol, logIn, openTestPlatform, post, setOwnPassword } from '../builders/platform.ts';
import { connectDesk } from '../fakes/busDesk.ts';

const windowsFolder = path.resolve(import.meta.dirname, '../../dist/renderer');
type Opened = { readonly url: string; readonly page: Page };

/** A real platform with its administration page open; the page must end with no violation of its policy and no uncaught error. */
const test = base.extend<{ opened: Opened }>({
  opened: async ({ browser }, use) => {
    await using closers = new AsyncDisposableStack();
    const platform = await openTestPlatform({ windowsFolder });
    closers.defer(() => platform.close());
    const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
    closers.defer(() => context.close());
    const page = await context.newPage();
    const wrongs: string[] = [];
    page.on('pageerror', (error) => wrongs.push(error.message));
    page.on('console', (message) => void (message.text().includes('Content Security Policy') && wrongs.push(message.text())));
    await page.goto(`${platform.url}${routes.adminPage}`);
    await use({ url: platform.url, page });
    expect(wrongs).toEqual([]);
  },
});

async function signIn(page: Page, account: string): Promise<void> {
  await page.getByLabel('账号').fill(account);
  await page.locator('input[type="password"]').fill(`${account}-demo`);
  await page.getByRole('button', { name: '登录', exact: true }).click();
}

const count = (page: Page, kind: string) => page.locator(`[data-count="${kind}"] dd`);

test('an administrator adds a person for a town, sees what he would see, and disables him: his session ends', async ({ opened }) => {
  const { url, page } = opened;
  await expect(page.getByText('演示环境')).toBeVisible();
  await signIn(page, 'admin');
  await expect(page.locator('[data-account]')).toHaveCount(5);

  await page.getByRole('button', { name: '添加人员' }).click();
  await page.getByRole('textbox', { name: '账号' }).fill('li.east');
  await page.getByRole('textbox', { name: '姓名' }).fill('李东');
  await page.getByLabel('镇综治中心').check();
  await page.getByLabel('east', { exact: true }).check();
  await expect(count(page, 'cameras')).toHaveText('2');
  await expect(count(page, 'openableCameras')).toHaveText('2');
  await expect(page.getByText('east记录、通知公告')).toBeVisible();
  await page.getByRole('button', { name: '创建账号' }).click();
  const oneTime = await page.getByRole('status').locator('code').innerText();
  await expect(page.locator('[data-account="li.east"]')).toContainText('李东');

  const device = await enrol({ url, session: (await logIn({ url, account: 'duty' })).session });
  const desk = await connectDesk({ url, device });
  const password = await setOwnPassword({ url, account: 'li.east', oneTime });
  const login = await post({ url: `${url}${routes.login}`, body: { account: 'li.east', password } });
  const { session } = (await login.json()) as { session: string };
  await desk.ask('attach', { session });
  await page.getByRole('button', { name: '停用账号' }).click();
  await desk.until(() => desk.told.ended === 1);
  desk.close();
  await expect(page.locator('[data-account="li.east"]')).toContainText('已停用');
  const again = await post({ url: `${url}${routes.login}`, body: { account: 'li.east', password } });
  expect(again.status).toBe(401);
});

test('the last administrator cannot be disabled, and the page says why', async ({ opened: { page } }) => {
  await signIn(page, 'admin');
  await page.locator('[data-account="admin"] button').click();
  await page.getByRole('button', { name: '停用账号' }).click();
  await expect(page.getByRole('alert')).toContainText('至少要保留一名');
  await expect(page.locator('[data-account="admin"]')).toContainText('可用');
});

test('whoever does not administer is turned away, in either language', async ({ opened: { page } }) => {
  await signIn(page, 'duty');
  await expect(page.getByRole('alert')).toContainText('没有权限');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('alert')).toContainText('No right to this');
});

test('an administrator with a password made for him sets his own by keyboard alone, and changes it later', async ({
  opened: { page, url },
}) => {
  const admin = (await logIn({ url, account: 'admin' })).session;
  const person = { account: 'second', name: '李管', roles: ['administrator'], territory: ['testland'] };
  const added = (await (await post({ url: `${url}${routes.people}`, body: person, token: admin })).json()) as { newPassword: string };
  const secret = (index: number) => page.locator('input[type="password"]').nth(index);
  await page.getByLabel('账号').focus();
  await page.keyboard.type('second');
  await page.keyboard.press('Tab');
  await page.keyboard.type(added.newPassword);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '请设置您自己的密码' })).toBeVisible();
  await page.keyboard.type('1234567890');
  await page.keyboard.press('Tab');
  await page.keyboard.type('1234567890');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('重复或连续');
  for (const index of [0, 1]) await secret(index).fill('nine lamps by the weir');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-account="second"]')).toBeVisible();
  await page.getByRole('button', { name: '修改密码' }).click();
  await secret(0).fill('nine lamps by the weir');
  for (const index of [1, 2]) await secret(index).fill('ten lamps by the weir');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toContainText('密码已修改');
});

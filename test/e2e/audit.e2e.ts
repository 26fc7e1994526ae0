import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { routes } from '#contract/bus/index.ts';
import { MediaGrant } from '#contract/cameras/index.ts';
import { CameraId } from '#contract/values/index.ts';
import { faultReport, openCountyDesk, viewQuestion } from '../builders/openDesk.ts';
import { logIn, openTestPlatform, post } from '../builders/platform.ts';

const windowsFolder = path.resolve(import.meta.dirname, '../../dist/renderer');
type Opened = {
  readonly url: string;
  readonly page: Page;
  /** Opens a picture as the wall does; answers how to close it. */
  look(cameraId: string): Promise<() => void>;
  reportFault(cameraId: string): Promise<void>;
  /** The gateway notices a picture that does not move, and the duty officer says that there is nothing to be seen to move. */
  standStill(cameraId: string): Promise<void>;
};

/** A real platform with the auditors' page open; the page must end with no violation of its policy and no uncaught error. */
const test = base.extend<{ opened: Opened }>({
  opened: async ({ browser }, use) => {
    await using closers = new AsyncDisposableStack();
    const platform = await openTestPlatform({ windowsFolder });
    closers.defer(() => platform.close());
    const duty = await openCountyDesk(platform.url);
    closers.defer(() => duty.desk.close());
    await duty.desk.ask('attach', { session: duty.session });
    const context = await browser.newContext({
      viewport: { width: 1920, height: 1080 },
      timezoneId: 'America/Lima',
      acceptDownloads: true,
    });
    closers.defer(() => context.close());
    const page = await context.newPage();
    const wrongs: string[] = [];
    page.on('pageerror', (error) => wrongs.push(error.message));
    page.on('console', (message) => void (message.text().includes('Content Security Policy') && wrongs.push(message.text())));
    await page.goto(`${platform.url}${routes.auditPage}`);
    await use({
      url: platform.url,
      page,
      async look(cameraId) {
        const reply = (await duty.desk.ask('ask', viewQuestion({ cameraId, tile: 'console/preview' }))) as { value: unknown };
        const grants = platform.gateway()?.grants;
        const opened = grants?.redeem(MediaGrant.parse(reply.value).token);
        if (grants === undefined || opened === undefined || opened === null) throw new Error('not opened');
        await grants.viewOpened(opened);
        return () => grants.viewClosed(opened, 'closed');
      },
      async standStill(cameraId) {
        const sinceMs = Date.now() - 700_000;
        platform.gateway()?.onSourceChange({ cameraId: CameraId.parse(cameraId), source: 'unmoving', sinceMs, why: 'still' });
        const judge = async (deskSeq: number) => {
          const command = { type: 'cameras.judgeUnmoving', cameraId, word: 'quiet' };
          return (await duty.desk.ask('command', { ...faultReport({ session: duty.session, deskSeq }), command })) as { ok: boolean };
        };
        // Once what the gateway noticed is on the record.
        for (let deskSeq = 1; !(await judge(deskSeq)).ok; ) deskSeq += 1;
      },
      reportFault: async (cameraId) => void (await duty.desk.ask('command', faultReport({ session: duty.session, cameraId }))),
    });
    expect(wrongs).toEqual([]);
  },
});

/** By keyboard alone, as everything on this page. */
async function signIn(page: Page, account: string): Promise<void> {
  await expect(page.getByLabel('账号')).toBeFocused();
  await page.keyboard.type(account);
  await page.keyboard.press('Tab');
  await page.keyboard.type(`${account}-demo`);
  await page.keyboard.press('Enter');
}

const openLooks = (page: Page) => page.getByRole('table', { name: '正在看' }).locator('tbody tr');
const allLooks = (page: Page) => page.getByRole('table', { name: '调看登记' }).locator('tbody tr');

test('an auditor sees who looks now, who looked before, and narrows it from the keyboard', async ({ opened }) => {
  const { page, look } = opened;
  const close = await look('east-a');
  await look('west-a');
  close();
  await signIn(page, 'auditor');
  await expect(openLooks(page)).toHaveCount(1);
  await expect(openLooks(page)).toContainText('west-a');
  await expect(openLooks(page)).toContainText('日常巡查');
  await expect(openLooks(page)).toContainText('王建国');
  await expect(allLooks(page)).toHaveCount(2);
  await expect(allLooks(page).last()).toContainText('关闭');
  // Times are the county's, whatever zone the machine has.
  const now = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' }).format(Date.now());
  await expect(allLooks(page).first()).toContainText(now);
  await allLooks(page).last().getByRole('button', { name: 'east-a' }).focus();
  await page.keyboard.press('Enter');
  await expect(allLooks(page)).toHaveCount(1);
  await expect(page.getByLabel('摄像机')).toHaveValue('east-a');
  await page.getByRole('button', { name: '清除条件' }).press('Enter');
  await expect(allLooks(page)).toHaveCount(2);
});

test('the audit register tells log-ins and refusals, the chains are checked, and a list leaves with a trace', async ({ opened }) => {
  const { url, page, look } = opened;
  await look('east-a');
  await post({ url: `${url}${routes.looking}`, body: {}, token: (await logIn({ url, account: 'admin' })).session });
  await signIn(page, 'auditor');
  await page.getByRole('button', { name: '核验记录链' }).click();
  await expect(page.getByRole('status')).toContainText('未发现改动');
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: '导出 CSV' }).click();
  const file = await (await downloading).path();
  const text = await readFile(file, 'utf8');
  expect(text).toMatch(/^\uFEFF"开始","结束"/);
  expect(text).toContain('"王建国"');
  await page.getByRole('button', { name: '审计登记' }).click();
  await expect(page.locator('[data-entry="audit.registerExported"]')).toHaveCount(1);
  await expect(page.locator('[data-entry="audit.pageRefused"]')).toContainText('没有权限');
  await page.getByLabel('事项').selectOption({ label: '登录' });
  await expect(page.locator('[data-entry="audit.loggedIn"]').first()).toBeVisible();
  await expect(page.locator('[data-entry="audit.pageRefused"]')).toHaveCount(0);
});

test('faults stand in the third register, and a span that ends before it begins is named', async ({ opened: { page, reportFault } }) => {
  await reportFault('east-a');
  await signIn(page, 'auditor');
  await page.getByRole('button', { name: '故障登记' }).click();
  await expect(page.getByRole('table', { name: '故障登记' })).toContainText('画面模糊');
  await page.getByLabel('起', { exact: true }).fill('2026-11-22T08:30');
  await page.getByLabel('止', { exact: true }).fill('2026-11-21T08:30');
  await expect(page.getByRole('alert')).toContainText('止');
});

test('a picture that stood still is in the fault register: who found it, since when, and what somebody says it is; and so in the list', async ({
  opened: { page, standStill },
}) => {
  await standStill('east-a');
  await signIn(page, 'auditor');
  await page.getByRole('button', { name: '故障登记' }).click();
  await page.getByLabel('类别').selectOption({ label: '画面不动' });
  const row = page.getByRole('table', { name: '故障登记' }).locator('tbody tr');
  await expect(row).toContainText('画面十分钟无变化');
  await expect(row).toContainText('平台发现');
  await expect(row).toContainText('正常无变化 · 王建国');
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: '导出 CSV' }).click();
  const text = await readFile(await (await downloading).path(), 'utf8');
  expect(text).toMatch(/"画面不动","画面十分钟无变化","平台发现","正常无变化 · 王建国"/);
});

test('an administrator who is no auditor reads a sentence and no data, in either language', async ({ opened: { page, look } }) => {
  await look('east-a');
  await signIn(page, 'admin');
  await expect(page.getByRole('alert')).toContainText('您不是审计员');
  await expect(page.locator('table')).toHaveCount(0);
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('alert')).toContainText('You are not an auditor');
});

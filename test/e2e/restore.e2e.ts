import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { DemoAccount } from '#contract/access/index.ts';
import { routes } from '#contract/bus/index.ts';
import { openSqliteStore } from '#platform/record/index.ts';
import { type Running, runTool, startPlatform, startTabRoom } from '../builders/runningRoom.ts';

/**
 * An older backup is put back under a room that goes on: two desks of the county, one of them switched off meanwhile, and a town's desk.
 * Real processes, real consoles; what each person sees afterwards, and what the record holds.
 */
type Desk = Awaited<ReturnType<typeof startTabRoom>> & { page: Page; name: string; account: 'duty' | 'town' };

/** For hangs only: seven processes and three consoles share two processors with whatever else runs. */
test.describe.configure({ timeout: 480_000 });

let dataDir: string;
let platform: Running & { url: string };
const desks: Desk[] = [];

test.beforeEach(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'commandwall-restore-'));
  platform = await startPlatform({ dataDir });
});
test.afterEach(async () => {
  for (const { page, stop } of desks.splice(0)) {
    await page.context().close();
    await stop();
  }
  await platform.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function openDesk({ browser, name, account }: { browser: Browser; name: string; account: Desk['account'] }): Promise<Desk> {
  const room = await startTabRoom({ dataDir, platformUrl: platform.url, name, account });
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  const page = await context.newPage();
  await page.goto(room.consoleUrl);
  const desk = { ...room, page, name, account };
  desks.push(desk);
  await expect(page.locator('[data-link="live"]')).toBeVisible();
  return desk;
}

/** Reports a camera of that number as dirty, and waits until the record has it. */
async function reportFault({ page }: Desk, number: string): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Control+a');
    await page.keyboard.type(number);
    await page.locator('[data-combobox-option]:visible').first().waitFor({ timeout: 2_000 });
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: '报修', exact: true })).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await page.getByRole('button', { name: '报修', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: '画面模糊' }).click();
  await expect(page.getByRole('button', { name: '已修复' })).toBeVisible();
}

const lostAt = ({ page }: Desk) => page.locator('[data-lost]');

async function logInAgain({ page, account }: Desk): Promise<void> {
  const accounts = DemoAccount.array().parse(await (await fetch(`${platform.url}${routes.demoAccounts}`)).json());
  const name = accounts.find((known) => known.account === account)?.name ?? '';
  await page.getByRole('button', { name }).click();
}

test('an older backup under a running room: each desk names what it lost, its wall stays and is told again, epoch and audit tell', async ({
  browser,
}) => {
  const first = await openDesk({ browser, name: 'first', account: 'duty' });
  const second = await openDesk({ browser, name: 'second', account: 'duty' });
  const town = await openDesk({ browser, name: 'town', account: 'town' });
  await reportFault(first, '0101');

  const backup = path.join(dataDir, 'backup');
  expect(await runTool(['tools/backup.ts', '--to', backup, '--data', dataDir])).toMatchObject({ code: 0 });

  await reportFault(first, '0111');
  await reportFault(second, '0117');
  await reportFault(town, '0104');
  await first.page.locator('[data-ready="clock"]').dragTo(first.page.locator('[data-place="1.9"]'));
  await expect(first.page.locator('[data-place="1.9"]')).toContainText('时钟');
  await second.page.close();
  await second.stop();

  const { port } = new URL(platform.url);
  await platform.stop();
  const restored = await runTool(['tools/restore.ts', '--from', backup, '--data', dataDir]);
  expect(restored).toMatchObject({ code: 0 });
  platform = await startPlatform({ dataDir, port: Number(port) });

  for (const desk of [first, town]) {
    await logInAgain(desk);
    await expect(lostAt(desk)).toHaveCount(1);
  }
  await expect(lostAt(first)).toContainText('云岭林场 2 号塔');
  await expect(lostAt(town)).toContainText('南苑路口');
  await first.page.screenshot({ path: test.info().outputPath('lost.png') });
  // The wall is the desk's own: it did not go back, and the platform hears of it again.
  await expect(first.page.locator('[data-place="1.9"]')).toContainText('时钟');
  const back = await openDesk({ browser, name: 'second', account: 'duty' });
  await expect(lostAt(back)).toHaveCount(1);
  await expect(lostAt(back)).toContainText('松河大桥');
  await first.page.getByRole('button', { name: '已知悉' }).click();
  await expect(lostAt(first)).toHaveCount(0);
  expect(first.said()).toContain('unknownEpoch');

  await platform.stop();
  const store = await openSqliteStore({ file: path.join(dataDir, 'platform', 'record.sqlite'), newEpoch: 'unused' });
  const epoch = await store.epoch();
  const heads = (await store.heads()).filter((head) => head.epoch === epoch);
  const factsOf = async (feed: (typeof heads)[number]['feed']) =>
    (await store.readFacts({ feed, epoch, afterSeq: 0, limit: 10_000 })).map(({ fact }) => fact);
  const walls = await Promise.all(heads.filter(({ feed }) => feed.startsWith('desk/')).map(({ feed }) => factsOf(feed)));
  const audit = heads.find(({ feed }) => feed.startsWith('audit/'));
  const told = audit === undefined ? [] : (await factsOf(audit.feed)).map(({ type }) => type as string);
  await store.close();
  const clocks = walls.flat().filter(({ type, payload }) => type === 'wall.tilePlaced' && payload.includes('"clock"'));
  expect([clocks.length, told.filter((type) => type === 'audit.restored').length]).toEqual([1, 1]);
  expect(walls.length).toBe(3);
});

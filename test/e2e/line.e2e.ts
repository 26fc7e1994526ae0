import { expect } from '@playwright/test';
import type { FeedName } from '#contract/record/index.ts';
import type { CameraId, CommandId } from '#contract/values/index.ts';
import { test } from './windowsRoom.ts';

const county = 'county/anlan' as FeedName;
const waits = (commandId: string, why: 'tooOld' | 'movedOn' | 'behind') =>
  ({
    commandId: commandId as CommandId,
    askedAtMs: 1,
    command: { type: 'cameras.clearFault', cameraId: 'al-0001' as CameraId },
    why,
  }) as const;
const [first, second] = ['019a0000-0000-7000-8000-000000000001', '019a0000-0000-7000-8000-000000000002'];

test('L shows the line in figures: missed since when, lag, each feed’s place, what was made good', async ({ startRoom }) => {
  const { main, openConsole } = await startRoom();
  // 09:00 in the county.
  const sinceMs = Date.UTC(2026, 10, 22, 1);
  main.change({
    continuity: {
      sinceMs,
      from: 'roomStart',
      missed: 0,
      lag: { medianMs: 18, worstMs: 412, facts: 37 },
      feeds: [{ feed: county, epoch: 'epoch-1', headSeq: 1284, seq: 1280 }],
      healed: [{ feed: county, atMs: sinceMs, facts: 12, by: 'reconnect' }],
      unknownFacts: 2,
    },
  });
  const page = await openConsole();
  await expect(page.locator('[data-link]')).toBeVisible();
  await page.keyboard.press('l');
  const panel = page.getByRole('dialog', { name: '平台连接详情' });
  for (const words of [
    '自 09:00 起漏收 0 条',
    '本机启动时',
    '2 条记录无法显示',
    '中位 18 毫秒 · 最慢 412 毫秒',
    '1,284',
    '1,280',
    '断线期间 12 条',
  ])
    await expect(panel).toContainText(words);
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
});

test('O goes to the commands that wait for a word; one is sent, the next discarded, all with the keyboard', async ({ startRoom }) => {
  const { main, openConsole } = await startRoom({
    changes: { waiting: { own: [waits(first!, 'tooOld'), waits(second!, 'movedOn')], others: [{ name: '周文海', count: 2 }] } },
  });
  const page = await openConsole();
  await expect(page.locator('[data-waiting]')).toHaveCount(2);
  await expect(page.locator('[data-link]')).toContainText('2 条待发（周文海）');
  await page.keyboard.press('o');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-waiting]')).toHaveCount(1);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-waiting]')).toHaveCount(0);
  expect(main.calls.flatMap(({ name, message }) => (name === 'settleWaiting' ? [message] : []))).toEqual([
    { commandId: first, word: 'send' },
    { commandId: second, word: 'discard' },
  ]);
});

test('a command behind an earlier one about the same camera asks nothing, and L says what it waits for', async ({ startRoom }) => {
  const { openConsole } = await startRoom({
    changes: { waiting: { own: [waits(first!, 'movedOn'), waits(second!, 'behind')], others: [] } },
  });
  const page = await openConsole();
  await expect(page.locator('[data-waiting]')).toHaveCount(1);
  await page.keyboard.press('l');
  await expect(page.getByRole('dialog', { name: '平台连接详情' })).toContainText('排在该摄像机上一条待确认操作之后');
});

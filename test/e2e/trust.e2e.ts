import { expect } from '@playwright/test';
import { test } from './windowsRoom.ts';

const fingerprint = Array.from({ length: 32 }, (_, index) => (index * 7).toString(16).padStart(2, '0').toUpperCase()).join(':');
const day = 24 * 60 * 60_000;
const shown = {
  names: 'DNS:platform.county, IP Address:10.20.0.5',
  authority: '安澜县 Commandwall CA',
  fingerprint,
  validFromMs: 1_763_800_000_000 - 200 * day,
  validToMs: 1_763_800_000_000 - 20 * day,
};

test('a desk that comes for the first time shows the fingerprint, and believes once somebody has compared it', async ({ startRoom }) => {
  const { main, openConsole } = await startRoom({ changes: { person: null, trust: { kind: 'unknown', shown } } });
  const page = await openConsole();
  const panel = page.getByRole('alertdialog', { name: '请核对平台身份' });
  await expect(panel).toContainText(fingerprint.slice(0, 20));
  await page.screenshot({ path: test.info().outputPath('unknown.png') });
  await panel.getByRole('button', { name: '指纹一致，信任该平台' }).click();
  await expect(panel).toHaveCount(0);
  expect(main.calls.findLast(({ name }) => name === 'trustPlatform')?.message).toEqual({ fingerprint });
});

test('a certificate that is not believed is named on console and wall: which, since when, what to do', async ({ startRoom }) => {
  const trust = { kind: 'refused', problem: 'expired', shown, trustedFingerprint: fingerprint, sinceMs: Date.now() - 180_000 } as const;
  const { main, openConsole, openWall } = await startRoom({ changes: { trust, warnings: ['platformNotBelieved'] } });
  const [page, wall] = [await openConsole(), await openWall()];
  const panel = page.getByRole('alert', { name: '平台证书不可信' });
  for (const words of ['平台证书已过期', 'platform.county, 10.20.0.5', '3 分钟', '自动续期', '本机时钟'])
    await expect(panel).toContainText(words);
  await expect(wall.getByText('平台不可信')).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('refused.png') });
  main.change({ language: 'en', trust: { ...trust, problem: 'otherAuthority' } });
  const english = page.getByRole('alert', { name: "The platform's certificate is not trusted" });
  await expect(english).toContainText('Do not go on');
  await page.screenshot({ path: test.info().outputPath('refused-en.png') });
});

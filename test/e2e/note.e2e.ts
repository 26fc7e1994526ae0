import { expect } from '@playwright/test';
import type { CameraCondition } from '#contract/cameras/index.ts';
import { cameraTile } from '../fakes/fakeRoom.ts';
import { test } from './windowsRoom.ts';

const reference = '6f1f5b1e-8a77-4a3c-9a53-6f6b3a0d9c11';
const reported = {
  ...{ cameraId: 'al-0001', version: 1, source: { kind: 'normal' } },
  fault: { kind: 'blurred', reportedAtMs: 1_763_800_000_000, note: { reference, hash: 'a'.repeat(64) } },
} as unknown as CameraCondition;

test('words beside a report are asked for with the warning not to name anybody, and go with it', async ({ startRoom }) => {
  const { main, openConsole } = await startRoom({ tiles: [cameraTile('al-0001')] });
  const page = await openConsole();
  await page.getByRole('button', { name: '报修' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('请勿写姓名、电话');
  await dialog.getByRole('textbox').fill('镜头被树枝挡住');
  await dialog.getByRole('button', { name: '画面模糊' }).click();
  const asked = () => main.calls.findLast(({ name }) => name === 'commandCamera')?.message;
  await expect.poll(asked).toMatchObject({ type: 'cameras.reportFault', cameraId: 'al-0001', note: '镜头被树枝挡住' });
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a note is opened for a purpose that is asked once, and is gone from the page when it is closed', async ({ startRoom }) => {
  const { main, openConsole } = await startRoom({ tiles: [cameraTile('al-0001')], changes: { cameras: [reported] } });
  const page = await openConsole();
  const words = page.getByText('镜头被树枝挡住，已告知村委会');
  await page.getByRole('button', { name: '查看备注' }).click();
  await page.getByRole('dialog').getByRole('combobox').click();
  await page.getByRole('option', { name: '检修' }).click();
  await expect(words).toBeVisible();
  expect(main.calls.findLast(({ name }) => name === 'openParticulars')?.message).toEqual({ reference, purpose: 'maintenance' });
  await page.getByRole('button', { name: '查看备注' }).click();
  await expect(words).toHaveCount(0);
  await page.getByRole('button', { name: '查看备注' }).click();
  await expect(words).toBeVisible();
  expect(main.calls.filter(({ name }) => name === 'openParticulars')).toHaveLength(2);
});

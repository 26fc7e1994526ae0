import { expect } from '@playwright/test';
import type { CameraCondition } from '#contract/cameras/index.ts';
import type { CameraId } from '#contract/values/index.ts';
import { probedStreams } from '../fakes/fakeProbes.ts';
import { cameraTile } from '../fakes/fakeRoom.ts';
import { test } from './windowsRoom.ts';

const conditionOf = (cameraId: string, streams: NonNullable<CameraCondition['probed']>['streams']): CameraCondition => ({
  ...{ cameraId: cameraId as CameraId, version: 1, source: { kind: 'normal' }, fault: null },
  probed: { atMs: Date.now() - 3_600_000, streams },
});

test('a camera is probed from its card: it waits, has a grade with its reasons in words, and figures beside each other', async ({
  startRoom,
}) => {
  const { main, openConsole } = await startRoom({ tiles: [cameraTile('al-0002')] });
  const page = await openConsole();
  const preview = page.getByTestId('preview').locator('xpath=ancestor::section');
  await expect(preview).toContainText('未检测');
  await page.getByRole('button', { name: '检测', exact: true }).click();
  await expect(preview.getByText(/检测中/)).toBeVisible();
  await expect(preview).toContainText('可用，有提示');
  await expect(preview).toContainText('主码流：H.265 需转码');
  await expect(preview).toContainText('主码流：智能编码：关键帧间隔 12 秒');
  await expect(preview).toContainText('主码流：时钟慢 3 分钟');
  await page.getByRole('button', { name: '数据', exact: true }).click();
  const figures = page.getByRole('dialog', { name: '数据' });
  await expect(figures.getByRole('row', { name: /^编码/ })).toContainText('H.265 Main 4.1H.264 High 3.0');
  await expect(figures.getByRole('row', { name: /^关键帧间隔/ })).toContainText('12 秒（300 帧）2 秒（50 帧）');
  const asked = main.calls.filter(({ name }) => name === 'probe').map(({ message }) => (message as { question: object }).question);
  expect([asked[0], asked[1]]).toEqual([
    { type: 'cameras.probe', cameraId: 'al-0002' },
    { type: 'cameras.probeStatus', cameraId: 'al-0002' },
  ]);
});

test('the health page names every grade, narrows to one, and puts the worst first', async ({ startRoom }) => {
  const [large, small] = probedStreams;
  const cameras = [
    conditionOf('al-0001', [{ ...large, ...small, quality: 'main' }, small]),
    conditionOf('al-0002', [large, small]),
    conditionOf('al-0003', [
      { outcome: 'failed', quality: 'main', reason: 'refusedByCamera', code: 'cameras.wrongPassword' },
      { outcome: 'failed', quality: 'sub', reason: 'noData', code: null },
    ]),
  ];
  const { openConsole } = await startRoom({ changes: { cameras } });
  const page = await openConsole();
  await expect(page.getByRole('tree')).toBeVisible();
  await page.keyboard.press('h');
  const dialog = page.getByRole('dialog', { name: '摄像机健康' });
  const grades = dialog.locator('tbody td[data-grade]');
  await expect(grades.first()).toBeVisible();
  await dialog.getByRole('button', { name: '检测', exact: true }).click();
  await expect(grades.first()).toContainText('不可用主码流：取不到画面：账号或密码不对 · 子码流：取不到画面：没有数据');
  await expect(grades.nth(1)).toContainText('可用，有提示');
  await expect(grades.last()).toContainText('良好');
  const all = await grades.count();
  await dialog.getByRole('combobox', { name: '检测结果' }).or(dialog.getByPlaceholder('全部检测结果')).first().click();
  await page.getByRole('option', { name: '未检测' }).click();
  await expect(grades).toHaveCount(all - cameras.length);
});

import { expect } from '@playwright/test';
import { cameraTile } from '../fakes/fakeRoom.ts';
import { test } from './windowsRoom.ts';

test('a leader is asked to lift a mask: one waits with a countdown, his answer is said in words, and it can be ended', async ({
  startRoom,
}) => {
  const { main, county, openConsole } = await startRoom({ tiles: [cameraTile('al-0001')] });
  const school = county.cameras.find(({ id }) => id === 'al-0001');
  if (school !== undefined) Object.assign(school, { cameraClass: 'school' });
  const page = await openConsole();
  const status = page.locator('[data-lift]');
  await expect(status).toContainText('已遮挡');
  const ask = async (reason: string) => {
    await page.getByRole('button', { name: /^(申请解除|再次申请)$/ }).click();
    await page.getByLabel('解除事由').selectOption({ label: reason });
    await page.getByRole('button', { name: '呼叫带班领导' }).click();
  };

  await ask('检查');
  await expect(status).toContainText(/等待 赵书记 同意，余 [12]:\d\d/);
  await expect(status).toContainText('赵书记 未同意');

  await ask('寻人');
  await expect(status).toContainText(/赵书记 已同意，余 \d+:\d\d/);
  expect(main.calls.findLast(({ message }) => JSON.stringify(message).includes('cameras.askLift'))?.message).toEqual({
    question: { type: 'cameras.askLift', cameraId: 'al-0001', reason: { kind: 'missingPerson', reference: null }, minutes: 10 },
  });
  // What may be seen now is another picture: it is asked for anew.
  const asked = () => main.calls.filter(({ name, message }) => name === 'openView' && JSON.stringify(message).includes('preview')).length;
  await expect.poll(asked).toBeGreaterThan(1);
  await page.getByRole('button', { name: '恢复遮挡' }).click();
  await expect(status).toContainText('已遮挡');
});

test('a street has no mask to lift', async ({ startRoom }) => {
  const { openConsole } = await startRoom({ tiles: [cameraTile('al-0002')] });
  const page = await openConsole();
  await expect(page.getByTestId('preview')).toContainText('实况');
  await expect(page.locator('[data-lift]')).toHaveCount(0);
});

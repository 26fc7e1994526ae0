import { expect } from '@playwright/test';
import { fakeRoom } from '../fakes/fakeRoom.ts';
import { test } from './windowsRoom.ts';

const lost = [1, 2].map((number) => ({
  commandId: `0198c7d2-0000-7000-8000-00000000000${number}`,
  command: { type: 'cameras.clearFault', cameraId: 'al-0001' },
  askedAtMs: 1_763_800_000_000,
  doneAtMs: 1_763_800_000_000 + number,
})) as ReturnType<typeof fakeRoom>['link']['lostCommands'];

test('commands that a restored platform does not know are listed until somebody has read them', async ({ startRoom }) => {
  const { link } = fakeRoom();
  const { main, openConsole } = await startRoom({ changes: { link: { ...link, lostCommands: lost } } });
  const page = await openConsole();
  const list = page.getByRole('alert', { name: '平台已恢复到较早的备份' });
  await expect(list.locator('[data-lost]')).toHaveCount(2);
  await expect(list).toContainText('已修复');
  await expect(list).toContainText(lost[0]?.commandId ?? '');
  await list.getByRole('button', { name: '已知悉' }).click();
  await expect(list).toHaveCount(0);
  expect(main.calls.findLast(({ name }) => name === 'lostSeen')?.message).toEqual({ commandIds: lost.map(({ commandId }) => commandId) });
});

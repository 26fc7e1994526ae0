import { expect } from '@playwright/test';
import { cameraTile } from '../fakes/fakeRoom.ts';
import { miniCell, test, tileAt } from './windowsRoom.ts';

test('a part of a picture is looked at by wheel and keys, shown on the wall by one click, and still there in a window opened again', async ({
  startRoom,
}) => {
  const { main, openWall, openConsole } = await startRoom({ tiles: [cameraTile('al-0001'), cameraTile('al-0002')] });
  const wall = await openWall();
  const page = await openConsole();
  const preview = page.getByTestId('preview');
  await expect(preview).toContainText('实况');
  await expect(tileAt(wall, '1.1')).toContainText('实况');
  const videos = await tileAt(wall, '1.1').locator('video').elementHandles();

  await preview.hover({ position: { x: 300, y: 200 } });
  for (let notch = 0; notch < 5; notch += 1) await page.mouse.wheel(0, -100);
  await expect(preview).toContainText('2.0×');
  await expect(tileAt(wall, '1.1')).not.toContainText('×');
  await page.getByRole('button', { name: '放大到 1.1' }).click();
  await expect(tileAt(wall, '1.1')).toContainText('2.0×');
  await expect(miniCell(page, '1.1')).toContainText('2.0×');
  // The same picture goes on: it is not opened again for a look at a part of it.
  expect(await videos[0]?.evaluate((video) => video.isConnected)).toBe(true);

  const again = await openWall();
  await expect(tileAt(again, '1.1')).toContainText('2.0×');
  await preview.press('0');
  await expect(preview).not.toContainText('×');
  await preview.press('+');
  await expect(preview).toContainText('1.3×');
  await preview.press('0');
  await page.getByRole('button', { name: '1.1 恢复全画面' }).click();
  await expect(tileAt(wall, '1.1')).not.toContainText('×');
  expect(main.room().wall.displays[0]?.tiles[0]).toEqual(cameraTile('al-0001'));
});

test('the wall is zoomed by the keys of its small cells, and Ctrl+Z takes it back', async ({ startRoom }) => {
  const { openWall, openConsole } = await startRoom({ tiles: [cameraTile('al-0001')] });
  const wall = await openWall();
  const page = await openConsole();
  await miniCell(page, '1.1').focus();
  await page.keyboard.press('+');
  await expect(tileAt(wall, '1.1')).toContainText('1.3×');
  await page.keyboard.press('Control+z');
  await expect(tileAt(wall, '1.1')).not.toContainText('×');
});

test('the purpose is patrol until one says otherwise, goes with every look and drop from then on, and survives a reload', async ({
  startRoom,
}) => {
  const { main, openWall, openConsole } = await startRoom({ tiles: [cameraTile('al-0001'), cameraTile('al-0002')] });
  const purposesOf = (tile: string) =>
    main.calls.flatMap(({ name, message }) => {
      const asked = message as { tile?: string; purpose?: { kind: string; reference: string | null } };
      return name === 'openView' && asked.tile === tile ? [`${asked.purpose?.kind} ${asked.purpose?.reference}`] : [];
    });
  const wall = await openWall();
  const page = await openConsole();
  await expect(tileAt(wall, '1.1')).toContainText('实况');
  await expect(page.getByTestId('preview')).toContainText('实况');
  expect([new Set(purposesOf('HDMI-1/0')), new Set(purposesOf('console/preview'))]).toEqual([
    new Set(['patrol null']),
    new Set(['patrol null']),
  ]);

  await page.keyboard.press('r');
  await page.getByLabel('事件编号').fill('2026-0007');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: '事由 事件 2026-0007' })).toBeVisible();
  await expect.poll(() => purposesOf('console/preview').at(-1)).toBe('incident 2026-0007');
  await page.reload();
  await expect(page.getByRole('button', { name: '事由 事件 2026-0007' })).toBeVisible();

  await page.getByTestId('preview').dragTo(miniCell(page, '1.3'));
  await expect.poll(() => purposesOf('HDMI-1/2').at(-1)).toBe('incident 2026-0007');
  // What stands on the wall keeps the purpose that it was put there for.
  expect(new Set(purposesOf('HDMI-1/0'))).toEqual(new Set(['patrol null']));
});

test('a school carries who looks, from where and when: over the whole picture, legible, always moving; a street does not', async ({
  startRoom,
}) => {
  const { county, openWall } = await startRoom({ tiles: [cameraTile('al-0001'), cameraTile('al-0002')] });
  const school = county.cameras.find(({ id }) => id === 'al-0001');
  if (school !== undefined) Object.assign(school, { cameraClass: 'school' });
  const wall = await openWall();
  await expect(tileAt(wall, '1.1')).toContainText('实况');
  await expect(tileAt(wall, '1.2')).toContainText('实况');
  await expect(tileAt(wall, '1.2').getByTestId('watermark')).toHaveCount(0);
  const copies = tileAt(wall, '1.1').getByTestId('watermark').locator('div > span');
  await expect(copies.first()).toContainText(/王建国.*\d{4}-\d{2}-\d{2} \d{2}:\d{2}/);
  const seen = await copies.evaluateAll((spans) =>
    spans.map((span) => {
      const { left, top } = span.getBoundingClientRect();
      const [alpha] = /[\d.]+\)$/.exec(getComputedStyle(span).color) ?? ['1'];
      return { left, top, alpha: Number.parseFloat(alpha), glyphPx: Number.parseFloat(getComputedStyle(span).fontSize) };
    }),
  );
  const label = await tileAt(wall, '1.1')
    .locator('[class*=name]')
    .evaluate((name) => Number.parseFloat(getComputedStyle(name).fontSize));
  expect(seen.every(({ alpha, glyphPx }) => alpha >= 0.25 && glyphPx >= label)).toBe(true);
  await expect.poll(() => copies.first().evaluate((span) => span.getBoundingClientRect().left)).not.toBe(seen[0]?.left);
});

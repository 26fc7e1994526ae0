import { expect, type Page } from '@playwright/test';
import { groundDistanceM } from '#contract/map/index.ts';
import type { CameraId, LngLat } from '#contract/values/index.ts';
import { cameraTile } from '../fakes/fakeRoom.ts';
import { miniCell, test, tileAt, type WindowsRoom } from './windowsRoom.ts';

const map = (page: Page) => page.locator('#console-map');
const panel = (page: Page) => map(page).locator('[data-selection]');
const count = (page: Page, kind: string) => panel(page).locator(`[data-count="${kind}"]`);

/** The console with the first camera chosen on the map, carried there from the list. */
async function atFirstCamera({ openConsole }: WindowsRoom): Promise<Page> {
  const page = await openConsole();
  await expect(map(page).locator('[data-map="open"]')).toBeVisible();
  await page.locator('#camera-tree [data-camera="al-0001"]').dragTo(map(page));
  await page.keyboard.press('m');
  return page;
}

function shownCameras({ main }: WindowsRoom): (string | null)[] {
  const [display] = main.room().wall.displays;
  return (display?.tiles ?? []).slice(0, 4).map((tile) => (tile?.content as { cameraId: string } | undefined)?.cameraId ?? null);
}

test('a circle is drawn around a camera by keys, counts what stands in it, and its best four go to the wall and back', async ({
  startRoom,
}) => {
  const room = await startRoom({ tiles: [cameraTile('al-0001')] });
  const wall = await room.openWall();
  const page = await atFirstCamera(room);
  await page.keyboard.press('q');
  await expect(panel(page)).toContainText('圈选 800 米');
  for (let step = 0; step < 18; step += 1) await page.keyboard.press('+');
  const radiusM = Number(await panel(page).getAttribute('data-radius'));
  const { cameras } = room.county;
  const middle = cameras[0]?.location as LngLat;
  const inside = cameras.filter(({ location }) => location !== null && groundDistanceM(location, middle) <= radiusM);
  const connected = inside.filter(({ streams }) => streams.length > 0).map(({ id }) => id as string);
  expect([inside.length > 100, inside.length < 2000, connected.length >= 4]).toEqual([true, true, true]);
  await expect(count(page, 'cameras')).toContainText(new Intl.NumberFormat('zh-CN').format(inside.length));
  await expect(count(page, 'cameras')).toContainText(`接入 ${connected.length} · 未接入`);
  await expect(page.locator('[data-advice="there"] [data-advised]')).toHaveCount(4);
  await page.keyboard.press('Enter');
  await expect(panel(page).locator('[data-show="best"]')).toContainText('1.2 1.3 1.4');
  await page.screenshot({ path: 'test-results/map-circle.png' });
  await page.keyboard.press('w');
  // A change can be taken back for some seconds: at once, so that a busy machine is not too late for it.
  await page.keyboard.press('Control+z');
  await expect.poll(() => room.main.calls.filter(({ name }) => name === 'commandWall').length).toBe(2);
  await expect(miniCell(page, '1.4')).toHaveAttribute('data-filled', 'false');
  expect(shownCameras(room)).toEqual(['al-0001', null, null, null]);
  await page.keyboard.press('w');
  for (const place of ['1.2', '1.3', '1.4']) await expect(miniCell(page, place)).toHaveAttribute('data-camera', /al-000/);
  const shown = shownCameras(room);
  expect([shown[0], new Set(shown).size, shown.every((id) => id !== null && connected.includes(id))]).toEqual(['al-0001', 4, true]);
  await expect(tileAt(wall, '1.4')).toContainText('实况');
  await page.keyboard.press('m');
  await page.keyboard.press('Escape');
  await expect(panel(page)).toHaveCount(0);
});

test('a village is chosen as it is, its list leads to its cameras, and it is carried to the wall whole', async ({ startRoom }) => {
  const room = await startRoom();
  const page = await room.openConsole();
  await expect(map(page).locator('[data-map="open"]')).toBeVisible();
  await page.keyboard.press('m');
  await page.keyboard.press('4');
  const box = await map(page).boundingBox();
  if (box === null) throw new Error('the map has no place');
  await page.keyboard.press('j');
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await expect(panel(page)).toHaveAttribute('data-selection', 'region');
  await expect(panel(page)).toContainText('01网格全境');
  // 2,000 cameras in 40 grids.
  await expect(count(page, 'cameras')).toContainText('50');
  await count(page, 'cameras').click();
  const listed = panel(page).locator('[data-list="cameras"] button');
  await expect(listed).toHaveCount(50);
  await page.keyboard.press('Escape');
  await expect(panel(page)).toHaveCount(0);
});

test('a word about a picture is remembered, counts in the order, and is taken back by the same key', async ({ startRoom }) => {
  const room = await startRoom({ tiles: [cameraTile('al-0001')] });
  const page = await atFirstCamera(room);
  await page.keyboard.press('q');
  const row = page.locator('[data-advised="al-0001"]');
  await expect(row).toContainText('0 米');
  const up = row.locator('[data-vote="up"]');
  await up.click();
  await expect(up).toHaveAttribute('aria-pressed', 'true');
  await expect(row).toContainText('曾评为有用');
  expect(room.main.room().cameraVotes).toEqual([{ cameraId: 'al-0001' as CameraId, at: room.county.cameras[0]?.location, word: 'up' }]);
  await up.click();
  await expect(up).toHaveAttribute('aria-pressed', 'false');
  expect(room.main.room().cameraVotes).toEqual([]);
});

test('a line is measured and a lasso closed by mouse, and the circle is carried to a cell of the wall', async ({ startRoom }) => {
  const room = await startRoom({ tiles: [cameraTile('al-0001')] });
  const page = await atFirstCamera(room);
  const box = await map(page).boundingBox();
  if (box === null) throw new Error('the map has no place');
  const at = (right: number, down: number) => [box.x + box.width / 2 + right, box.y + box.height / 2 + down] as const;
  await page.keyboard.press('u');
  await page.mouse.click(...at(-80, 0));
  await page.mouse.click(...at(80, 0));
  const measured = panel(page).locator('[data-measured]');
  await expect(measured).toContainText('2 个点');
  expect(Number(await measured.getAttribute('data-measured'))).toBeGreaterThan(100);
  await page.keyboard.press('Escape');
  await page.keyboard.press('f');
  await page.mouse.move(...at(-90, -60));
  await page.mouse.down();
  for (const corner of [at(90, -60), at(90, 60), at(-90, 60)]) await page.mouse.move(...corner, { steps: 5 });
  await page.mouse.up();
  await expect(panel(page)).toHaveAttribute('data-selection', 'lasso');
  await expect(count(page, 'cameras')).toContainText('50');
  await page.keyboard.press('Escape');
  await page.keyboard.press('q');
  for (let step = 0; step < 10; step += 1) await page.keyboard.press('+');
  await page.keyboard.press('Enter');
  await expect(count(page, 'cameras')).toContainText('接入 2');
  await panel(page).locator('strong').first().dragTo(miniCell(page, '1.3'));
  await expect(miniCell(page, '1.3')).toHaveAttribute('data-camera', 'al-0002');
});

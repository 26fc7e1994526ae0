import { expect, type Locator, type Page } from '@playwright/test';
import { cameraTile } from '../fakes/fakeRoom.ts';
import { miniCell, test, tileAt } from './windowsRoom.ts';

const treeCamera = (page: Page, id: string) => page.locator(`[role="tree"] [data-camera="${id}"]`);

/** Opens the tree down to the village in which the first camera lies. */
async function openFirstVillage(page: Page): Promise<void> {
  for (const name of ['城关镇', '沿河村', '01网格']) {
    const region = page.getByRole('treeitem', { name }).first();
    if ((await region.getAttribute('aria-expanded')) === 'false') await region.click();
  }
}

/** Begins a drag and holds it over a cell, so that one can read what letting go would do. */
async function carryOver(page: Page, { from, to }: { from: Locator; to: string }): Promise<void> {
  await from.hover();
  await page.mouse.down();
  const box = await miniCell(page, to).boundingBox();
  if (box === null) throw new Error(`no cell ${to}`);
  for (const share of [0.4, 0.5, 0.6]) await page.mouse.move(box.x + box.width * share, box.y + box.height / 2);
}

test('a camera dragged from the tree onto a cell is live on the wall, and the console says so', async ({ startRoom }) => {
  const { main, openWall, openConsole } = await startRoom({ tiles: [cameraTile('al-0002')] });
  const wall = await openWall();
  const page = await openConsole();
  await openFirstVillage(page);
  await treeCamera(page, 'al-0001').dragTo(miniCell(page, '1.3'));
  await expect
    .poll(() => main.calls.findLast(({ name }) => name === 'commandWall')?.message)
    .toEqual({
      type: 'wall.placeTile',
      displayKey: 'HDMI-1',
      cell: 2,
      tile: { kind: 'camera', content: { cameraId: 'al-0001' } },
    });
  await expect(page.getByText('已上墙 1.3')).toBeVisible();
  await expect(tileAt(wall, '1.3')).toContainText('实况');
  await expect(miniCell(page, '1.3').locator('[data-state="live"]')).toBeVisible();
  await expect(page.locator('[data-wall-count="2/2"]')).toBeVisible();
});

test('the console shows a moving picture at once: the first camera of the wall', async ({ startRoom }) => {
  const { openConsole } = await startRoom({ tiles: [null, cameraTile('al-0002')] });
  const page = await openConsole();
  await expect(page.getByTestId('preview')).toContainText('东门广场');
  await expect(page.getByTestId('preview')).toContainText('实况');
});

test('search by initials, look, and place by keyboard alone', async ({ startRoom }) => {
  const { main, openConsole } = await startRoom();
  const page = await openConsole();
  await expect(page.getByRole('tree')).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('swz');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('preview')).toContainText('水文站');
  await page.keyboard.press('Enter');
  await page.keyboard.type('1.4');
  await page.keyboard.press('Enter');
  await expect(miniCell(page, '1.4')).toContainText('水文站');
  await page.keyboard.type('1.3');
  await page.keyboard.press('Enter');
  await expect(miniCell(page, '1.3')).toContainText('水文站');
  await page.keyboard.press('w');
  await page.keyboard.press('Enter');
  await expect(miniCell(page, '1.1')).toContainText('水文站');
  await page.keyboard.press('x');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(miniCell(page, '1.2')).toContainText('水文站');
  await expect(miniCell(page, '1.1')).toContainText('拖到这里');
  await page.keyboard.press('Delete');
  await expect(miniCell(page, '1.2')).toContainText('拖到这里');
  await page.keyboard.press('Control+z');
  await expect(miniCell(page, '1.2')).toContainText('水文站');
  expect(main.calls.filter(({ name }) => name === 'commandWall').map(({ message }) => (message as { type: string }).type)).toEqual([
    'wall.placeTile',
    'wall.placeTile',
    'wall.placeTile',
    'wall.swapTiles',
    'wall.clearTile',
    'wall.placeTile',
  ]);
});

test('a cell dragged onto another one swaps, and a layout keeps what it hides', async ({ startRoom }) => {
  const { openConsole } = await startRoom({ tiles: [cameraTile('al-0001'), cameraTile('al-0002')] });
  const page = await openConsole();
  await miniCell(page, '1.1').dragTo(miniCell(page, '1.2'));
  await expect(miniCell(page, '1.1')).toContainText('东门广场');
  await expect(miniCell(page, '1.2')).toContainText('沿河路口');
  // The preview is the camera it shows.
  await page.getByTestId('preview').dragTo(miniCell(page, '1.4'));
  await expect(miniCell(page, '1.4')).toContainText('东门广场');
  const chooseLayout = async (name: string) => {
    await page.getByRole('button', { name: '显示器 1 的分屏数' }).click();
    await page.getByRole('group', { name: '显示器 1 的分屏数' }).getByRole('button', { name, exact: true }).click();
  };
  await chooseLayout('1');
  await expect(miniCell(page, '1.2')).toHaveCount(0);
  await expect(page.getByText('另有 2 个未显示')).toBeVisible();
  await chooseLayout('1+5');
  await expect(miniCell(page, '1.6')).toBeVisible();
  await expect(miniCell(page, '1.2')).toContainText('沿河路口');
  // The large cell reaches over two rows: to its right lies the second cell, below it the fourth.
  await miniCell(page, '1.1').focus();
  await page.keyboard.press('ArrowRight');
  await expect(miniCell(page, '1.2')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(miniCell(page, '1.3')).toBeFocused();
  await chooseLayout('36');
  await expect(miniCell(page, '1.36')).toBeVisible();
  await expect(miniCell(page, '1.4')).toContainText('东门广场');
});

test('marked cameras and whole regions are dropped together: every cell that changes says so first, and it is one step back', async ({
  startRoom,
}) => {
  const { main, county, openConsole } = await startRoom({ layout: 9, tiles: [cameraTile('al-0001'), cameraTile('al-0002')] });
  const page = await openConsole();
  await openFirstVillage(page);
  const rows = page.locator('[role="tree"] [data-camera]');
  const ids = await rows.evaluateAll((lines) => lines.slice(0, 5).map((line) => line.getAttribute('data-camera') ?? ''));
  const fresh = ids.filter((id) => id !== 'al-0001' && id !== 'al-0002').slice(0, 3);
  for (const id of fresh) await treeCamera(page, id).click({ modifiers: ['Control'] });
  await expect(page.getByText('已选 3 台，可一起拖动')).toBeVisible();
  await carryOver(page, { from: treeCamera(page, fresh[0] ?? ''), to: '1.2' });
  await expect(miniCell(page, '1.2')).toContainText('从这里放 3 个');
  await expect(miniCell(page, '1.4')).toContainText('随之放入');
  await expect(miniCell(page, '1.5')).not.toContainText('随之放入');
  await page.mouse.up();
  const sent = () => main.calls.findLast(({ name }) => name === 'commandWall')?.message;
  await expect.poll(sent).toEqual({
    type: 'wall.placeTiles',
    displayKey: 'HDMI-1',
    tiles: fresh.map((cameraId, index) => ({ cell: index + 1, tile: { kind: 'camera', content: { cameraId } } })),
  });
  await page.getByRole('button', { name: '撤回' }).click();
  await expect(miniCell(page, '1.3')).toContainText('拖到这里');
  // A whole region brings its connected cameras: as many as there is room for, and it says how many not.
  const connected = county.cameras.filter(({ id, streams }) => streams.length > 0 && id !== 'al-0001' && id !== 'al-0002');
  await carryOver(page, { from: page.getByRole('treeitem').first().locator('span').first(), to: '1.7' });
  await expect(miniCell(page, '1.7')).toContainText('从这里放 3 个');
  await expect(miniCell(page, '1.7')).toContainText(`放不下 ${connected.length - 3} 个`);
  await page.mouse.up();
  await expect.poll(sent).toMatchObject({ type: 'wall.placeTiles', tiles: { length: 3 } });
});

test('a refused command says why in words and with its code', async ({ startRoom }) => {
  const { openConsole } = await startRoom();
  const page = await openConsole();
  await expect(miniCell(page, '1.1')).toBeVisible();
  await page.keyboard.press('w');
  await page.keyboard.press('Delete');
  await expect(page.getByRole('alert')).toContainText('这个分屏是空的');
  await expect(page.getByRole('alert')).toContainText('wall.cellEmpty');
});

test('signing in with a demo account, and the whole console in English', async ({ startRoom }) => {
  const { main, openConsole } = await startRoom({ changes: { person: null, language: 'en' } });
  const page = await openConsole();
  await expect(page.getByText('Demo: data and accounts are invented, one click signs in')).toBeVisible();
  await page.getByRole('textbox', { name: 'Account' }).fill('duty');
  await page.locator('input[type="password"]').fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('Account or password is wrong');
  await page.getByRole('button', { name: /Duty officer/ }).click();
  await expect(page.getByRole('tree')).toBeVisible();
  const words = await page.locator('body').innerText();
  expect(words).toContain('Platform link normal · 0 missed');
  expect(words).toContain('Anlan County');
  // A key that has no text would stand there as itself.
  expect(words).not.toMatch(/\b(console|room|cameras|wall|access|directory):[a-z]/);
  await page.getByRole('button', { name: '中' }).click();
  await expect(page.getByText('平台连接')).toBeVisible();
  expect(main.room().language).toBe('zh');
});

test('faults are reported from the card and keys are listed under F1', async ({ startRoom }) => {
  const { main, openConsole } = await startRoom({ tiles: [cameraTile('al-0001')] });
  const page = await openConsole();
  await page.getByRole('button', { name: '报修' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '画面卡住' }).click();
  await expect
    .poll(() => main.calls.findLast(({ name }) => name === 'commandCamera')?.message)
    .toEqual({
      type: 'cameras.reportFault',
      cameraId: 'al-0001',
      fault: 'frozenPicture',
    });
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('F1');
  await expect(page.getByRole('dialog')).toContainText('撤回上一次大屏改动');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

import { expect, type Page } from '@playwright/test';
import type { Drawing } from '#contract/map/index.ts';
import { displayScene, presentDisplay } from '../fakes/fakeRoom.ts';
import { miniCell, test } from './windowsRoom.ts';

const [widthPx, heightPx] = [640, 360];
const hung = [
  { column: 0, row: 0 },
  { column: 1, row: 0 },
  { column: 0, row: 1 },
  { column: 1, row: 1 },
].map(({ column, row }, index) => ({
  ...presentDisplay({ key: `DP-${index + 1}`, widthPx, heightPx, index }),
  ...{ x: column * widthPx, y: row * heightPx },
}));

function roomOf(count: number) {
  const displays = hung.slice(0, count);
  const scenes = displays.map((display, index) => displayScene({ display, number: index + 1, layout: 4, tiles: [] }));
  return { displays, changes: { displays, wall: { version: 1, displays: scenes }, drawings: [line] } };
}

const lineId = '019a0000-0000-7000-8000-000000000001';
/** A line over the whole county: it crosses the seam of two displays, and is told in places of the whole picture. */
const line = {
  ...{
    id: lineId,
    kind: 'line',
    points: [
      [107.9, 33.0],
      [108.9, 33.2],
    ],
    text: null,
    regionId: 'anlan',
    townId: null,
    villageId: null,
  },
  ...{ authorId: 'p-duty', drawnAtMs: Date.now(), expiresAtMs: Date.now() + 3_600_000 },
} as unknown as Drawing;

/** Where the map is drawn on the whole picture, as this window reckons it, and where its part begins. */
async function drawn(wall: Page) {
  return await wall.evaluate(() => {
    const element = document.querySelector<HTMLElement>('.map-engine');
    const canvas = document.querySelector<HTMLCanvasElement>('.maplibregl-canvas');
    return {
      line: document.querySelector('[data-kind="line"] path')?.getAttribute('d') ?? '',
      whole: [element?.clientWidth, element?.clientHeight],
      begins: [element?.style.left, element?.style.top],
      buffer: [canvas?.width, canvas?.height],
    };
  });
}

async function openWalls(openWall: (key: string) => Promise<Page>, count: number): Promise<readonly Page[]> {
  const walls: Page[] = [];
  for (const { displayKey } of hung.slice(0, count)) {
    const wall = await openWall(displayKey);
    await wall.setViewportSize({ width: widthPx, height: heightPx });
    walls.push(wall);
  }
  return walls;
}

const head = (wall: Page) => wall.locator('[data-map-tile]');
const lastCommand = (calls: readonly { name: string; message: unknown }[]) => calls.findLast(({ name }) => name === 'commandWall')?.message;

test('two displays become one map by keys: it goes on behind their edges, moves, is pinned and is parted as one thing', async ({
  startRoom,
}) => {
  const { changes } = roomOf(2);
  const { main, openWall, openConsole } = await startRoom({ changes });
  const walls = await openWalls(openWall, 2);
  const page = await openConsole();
  await expect(page.locator('#console-map [data-map="open"]')).toBeVisible();
  await page.keyboard.press('g');
  const form = page.getByRole('dialog');
  await form.locator('[data-edges="1"] select').selectOption('px');
  await form.locator('[data-edges="1"] input').first().fill('12');
  await form.getByRole('button', { name: '都同显示器 1' }).click();
  await form.getByRole('button', { name: '拼接 1 2 Enter' }).press('Enter');
  await expect(form).toHaveCount(0);
  await expect.poll(() => lastCommand(main.calls)).toMatchObject({ type: 'wall.arrange', displays: [{ layout: 1 }, { layout: 1 }] });
  const [left, right] = walls as [Page, Page];
  for (const wall of walls) await expect(head(wall).locator('[data-map="open"]')).toBeVisible();
  await expect(head(left).locator('[data-span]')).toContainText('1 2');
  // What is said once for all is said on the first.
  await expect(head(right).locator('[data-span]')).toHaveCount(0);
  const bothDraw = async () => [await drawn(left), await drawn(right)] as const;
  await expect
    .poll(async () => {
      const [one, other] = await bothDraw();
      return one.line !== '' && one.line === other.line;
    })
    .toBe(true);
  const [one, other] = await bothDraw();
  const whole = [widthPx * 2 + 24, heightPx];
  expect([one.whole, other.whole, one.begins, other.begins, one.buffer, other.buffer]).toEqual([
    ...[whole, whole],
    ...[
      ['0px', '0px'],
      ['-664px', '0px'],
    ],
    ...[
      [widthPx, heightPx],
      [widthPx, heightPx],
    ],
  ]);

  await page.keyboard.press('m');
  await page.keyboard.press('+');
  await expect
    .poll(async () => {
      const [now, beside] = await bothDraw();
      return now.line === beside.line && now.line !== one.line;
    })
    .toBe(true);

  await miniCell(page, '1.1').focus();
  await page.keyboard.press('v');
  await expect(head(left).locator('[data-following]')).toHaveAttribute('data-following', 'pinned');
  await expect.poll(() => (lastCommand(main.calls) as { displays?: unknown[] }).displays?.length).toBe(2);

  main.change({ displays: hung.slice(0, 1) });
  await expect(head(left).locator('[data-span-away="2"]')).toContainText('显示器 2 未接入');
  expect((await drawn(left)).whole).toEqual(whole);
  main.change({ displays: hung.slice(0, 2) });
  await expect(head(left).locator('[data-span-away]')).toHaveCount(0);

  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.getByRole('dialog').locator('[data-part]').click();
  await expect.poll(async () => (await drawn(left)).whole).toEqual([widthPx, heightPx]);
  await expect(head(left).locator('[data-span]')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await drawn(right)).whole).toEqual(whole);
});

test('four displays in two rows show the quarters of one map, chosen by digits', async ({ startRoom }) => {
  const { changes } = roomOf(4);
  const { openWall, openConsole } = await startRoom({ changes });
  const walls = await openWalls(openWall, 4);
  const page = await openConsole();
  await expect(page.getByRole('button', { name: '拼接' })).toBeVisible();
  await page.keyboard.press('g');
  const form = page.getByRole('dialog');
  await expect(form.locator('[data-join-display][aria-pressed="true"]')).toHaveCount(4);
  await page.keyboard.press('4');
  await expect(form.locator('[data-join-display][aria-pressed="true"]')).toHaveCount(3);
  await page.keyboard.press('4');
  await page.keyboard.press('Enter');
  for (const wall of walls) await expect(head(wall).locator('[data-map="open"]')).toBeVisible();
  const begins = await Promise.all(walls.map(async (wall) => (await drawn(wall)).begins.join(' ')));
  expect(begins).toEqual(['0px 0px', '-640px 0px', '0px -360px', '-640px -360px']);
  await expect
    .poll(async () => {
      const all = await Promise.all(walls.map(drawn));
      return all[0]?.line !== '' && new Set(all.map(({ line: own }) => own)).size === 1;
    })
    .toBe(true);
});

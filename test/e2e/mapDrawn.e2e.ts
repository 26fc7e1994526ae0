import { expect, type Page } from '@playwright/test';
import { Drawing, DrawingCommand } from '#contract/map/index.ts';
import type { Room } from '#contract/bridge/index.ts';
import { miniCell, test, tileAt } from './windowsRoom.ts';

const map = (page: Page) => page.locator('#console-map');
const idOf = (number: number) => `01890000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const hourMs = 3_600_000;

/** Words at places in rows over the county's middle, closer to each other than they are wide. */
function manyDrawings(count: number): Drawing[] {
  const times = { authorId: 'p-duty', drawnAtMs: Date.now() - 60_000, expiresAtMs: Date.now() + hourMs };
  return Array.from({ length: count }, (_, at) =>
    Drawing.parse({
      ...{ ...times, id: idOf(at), regionId: 'anlan', townId: null, villageId: null, kind: 'text', text: `第${at}号集结点` },
      points: [[108.02 + (at % 20) * 0.003, 33.02 + Math.floor(at / 20) * 0.004]],
    }),
  );
}

async function openMap(page: Page) {
  await expect(map(page).locator('[data-map="open"]')).toBeVisible();
}

const words = (page: Page) => page.locator('#console-map [data-drawing] text');

/** Boxes of the words that are written, as they lie on the screen. */
const written = (page: Page) =>
  words(page).evaluateAll((texts) =>
    texts.flatMap((text) => {
      const { left, right, top, bottom } = text.getBoundingClientRect();
      return text.getAttribute('visibility') === 'visible' ? [{ left, right, top, bottom, id: text.textContent }] : [];
    }),
  );

test('of 200 drawings with words none are written over others, the newest are, nearer ones show more, and moving measures no word', async ({
  startRoom,
}) => {
  const drawings = manyDrawings(200);
  const { openConsole, openWall } = await startRoom({ changes: { drawings } });
  const wall = await openWall();
  const page = await openConsole();
  await openMap(page);
  await expect(words(page)).toHaveCount(200);
  await page.getByRole('button', { name: '地图', exact: true }).dragTo(miniCell(page, '1.2'));
  const boxes = await written(page);
  const over = boxes.filter((a, index) =>
    boxes.some((b, other) => other > index && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom),
  );
  expect([over, boxes.length > 10, boxes.length < 200, boxes.at(-1)?.id]).toEqual([[], true, true, '第199号集结点']);
  // What is not written leaves a dot.
  const dots = () =>
    page.locator('#console-map [data-drawing] path').evaluateAll((paths) => paths.filter((path) => path.getAttribute('d') !== '').length);
  expect(await dots()).toBe(200 - boxes.length);
  await expect(tileAt(wall, '1.2').locator('[data-drawing]')).toHaveCount(200);
  if (process.env['COMMANDWALL_SHOTS'] !== undefined) {
    await page.screenshot({ path: `${process.env['COMMANDWALL_SHOTS']}/drawn-console.png` });
    await wall.screenshot({ path: `${process.env['COMMANDWALL_SHOTS']}/drawn-wall.png` });
  }
  await page.evaluate(() => {
    const { getBBox } = SVGTextElement.prototype;
    Object.assign(window, { measured: 0 });
    SVGTextElement.prototype.getBBox = function measure(this: SVGTextElement) {
      Object.assign(window, { measured: (Reflect.get(window, 'measured') as number) + 1 });
      return getBBox.call(this);
    };
  });
  const before = await words(page).first().getAttribute('transform');
  await map(page).focus();
  for (let step = 0; step < 2; step += 1) await page.keyboard.press('+');
  await expect.poll(async () => (await written(page)).length).toBeGreaterThan(boxes.length);
  expect(await words(page).first().getAttribute('transform')).not.toBe(before);
  const measured = await page.evaluate(() => Reflect.get(window, 'measured') as number);
  // The list of what is shown is made anew every ten seconds at most, never by a move.
  expect(measured % 200).toBe(0);
  expect(measured / 200).toBeLessThan(2);
});

test('a drawing that waits is dashed; refused, it stays on the map with its reason, is tried again or dropped', async ({ startRoom }) => {
  const room = await startRoom();
  const page = await room.openConsole();
  await openMap(page);
  const waiting = (last: number): Room['waiting']['own'][number] => ({
    commandId: idOf(100 + last) as never,
    askedAtMs: Date.now(),
    why: 'queued',
    command: DrawingCommand.parse({
      ...{ type: 'map.draw', id: idOf(last), regionId: 'anlan', hours: 2 },
      shape: { kind: 'assemblyPoint', points: [[108.05, 33.05]], text: `集结点 ${last}` },
    }),
  });
  room.main.change({ waiting: { own: [waiting(1), waiting(2)], others: [] } });
  const drawn = (look: string) => map(page).locator(`[data-drawing][data-look="${look}"]`);
  await expect(drawn('waiting')).toHaveCount(2);
  await expect(map(page)).toContainText('标绘待发 2');
  room.main.change({ waiting: { own: [], others: [] } });
  for (const last of [1, 2]) {
    room.main.tell([
      { kind: 'commandSettled', commandId: idOf(100 + last) as never, refusal: { code: 'map.tooManyDrawings', params: { most: 500 } } },
    ]);
  }
  await expect(drawn('refused')).toHaveCount(2);
  const list = map(page).locator('[data-refused-drawings]');
  await expect(list).toContainText('图上标绘已满（最多 500 个）');
  if (process.env['COMMANDWALL_SHOTS'] !== undefined) await page.screenshot({ path: `${process.env['COMMANDWALL_SHOTS']}/refused.png` });
  await list.getByRole('button', { name: '弃去' }).nth(1).click();
  await expect(drawn('refused')).toHaveCount(1);
  await list.getByRole('button', { name: '再试' }).click();
  await expect(drawn('refused')).toHaveCount(0);
  await expect(drawn('standing')).toHaveCount(1);
  const [again] = room.main.room().drawings ?? [];
  expect([again?.text, again?.id === idOf(1)]).toEqual(['集结点 1', false]);
});

test('drawings that wait for a word since the line was down are sent by one word, or discarded by one', async ({ startRoom }) => {
  const room = await startRoom();
  const page = await room.openConsole();
  const waiting = (last: number): Room['waiting']['own'][number] => ({
    commandId: idOf(100 + last) as never,
    askedAtMs: Date.now() - 300_000,
    why: 'tooOld',
    command: DrawingCommand.parse({ type: 'map.eraseDrawing', id: idOf(last) }),
  });
  room.main.change({ waiting: { own: [waiting(1)], others: [] } });
  const all = page.locator('[data-waiting="drawings"]');
  await expect(page.getByRole('button', { name: '现在发送' })).toHaveCount(1);
  await expect(all).toHaveCount(0);
  room.main.change({ waiting: { own: [waiting(1), waiting(2), waiting(3)], others: [] } });
  await all.getByRole('button', { name: '标绘全部发送' }).click();
  await expect(page.locator('[data-waiting]')).toHaveCount(0);
  const settled = room.main.calls.flatMap(({ name, message }) => (name === 'settleWaiting' ? [message] : []));
  expect(settled).toEqual([1, 2, 3].map((last) => ({ commandId: idOf(100 + last), word: 'send' })));
});

test('the pointer on what somebody else drew names him with his role, as soon as the line is there', async ({ startRoom }) => {
  const drawing = Drawing.parse({
    ...{ authorId: 'p-leader', drawnAtMs: Date.now() - 60_000, expiresAtMs: Date.now() + hourMs },
    ...{ id: idOf(1), regionId: 'anlan', townId: null, villageId: null, kind: 'assemblyPoint', points: [[108.05, 33.05]], text: null },
  });
  const room = await startRoom({ changes: { drawings: [drawing] } });
  const { link } = room.main.room();
  room.main.change({ link: { ...link, kind: 'down' } });
  const page = await room.openConsole();
  await openMap(page);
  const sign = page.locator('#console-map [data-drawing] path').first();
  await expect(sign).toHaveAttribute('d', /./);
  const box = await sign.boundingBox();
  if (box === null) throw new Error('the drawing has no place');
  const asked = () => room.main.calls.flatMap(({ name, message }) => (name === 'personNames' ? [message] : []));
  expect(asked()).toEqual([]);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const tip = page.getByRole('tooltip');
  await expect(tip).toContainText('其他人员');
  await expect.poll(() => asked()).toEqual([{ personIds: ['p-leader'] }]);
  room.main.change({ link });
  await expect(tip).toContainText('周文海（带班领导）', { timeout: 20_000 });
  if (process.env['COMMANDWALL_SHOTS'] !== undefined) await page.screenshot({ path: `${process.env['COMMANDWALL_SHOTS']}/author.png` });
});

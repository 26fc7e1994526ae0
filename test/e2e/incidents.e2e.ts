import { expect, type Page } from '@playwright/test';
import { OpenIncident } from '#contract/incidents/index.ts';
import { test } from './windowsRoom.ts';

const list = (page: Page) => page.locator('#incident-list');
const row = (page: Page, name: string) => page.locator(`[data-incident="${name}"]`);
const map = (page: Page) => page.locator('#console-map');
const hourMs = 3_600_000;

type Told = Partial<OpenIncident> & { readonly leftH?: number };

function incident(name: string, { leftH = 10, ...changed }: Told = {}): OpenIncident {
  const nowMs = Date.now();
  return OpenIncident.parse({
    ...{ incidentId: name, version: 1, number: `AL-${name.toUpperCase()}`, at: [108.05, 33.05], kind: 'noise', urgency: 'normal' },
    ...{ regionId: 't0-v0-g1', townId: 't0', villageId: 't0-v0', reportedAtMs: nowMs - hourMs, dueAtMs: nowMs + leftH * hourMs },
    ...changed,
  });
}

test('open incidents are listed worst first, lead to the map by keys, and the key leads back to the same line', async ({ startRoom }) => {
  const { main, openConsole } = await startRoom();
  const incidents = [
    incident('quiet'),
    incident('late', { leftH: -2 }),
    incident('call', { urgency: 'critical', kind: 'fire' }),
    incident('soon', { urgency: 'urgent' }),
  ];
  main.change({ incidents });
  const page = await openConsole();
  await expect(map(page).locator('[data-map="open"]')).toBeVisible();
  await expect(list(page).getByRole('option')).toHaveCount(4);
  const names = await list(page)
    .getByRole('option')
    .evaluateAll((rows) => rows.map((each) => (each as HTMLElement).dataset['incident']));
  expect(names).toEqual(['call', 'late', 'soon', 'quiet']);
  await expect(row(page, 'late')).toContainText('超期 2 小时');
  await expect(row(page, 'call')).toContainText('01网格');
  await expect(list(page).locator('[data-block="critical"]')).toHaveText('特急与超期 2其中超期 1');
  await expect(map(page)).toContainText('有超期或特急 2');
  await page.keyboard.press('i');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const card = map(page).locator('[data-chosen="incident"]');
  await expect(card).toContainText('AL-LATE');
  await expect(map(page)).toBeFocused();
  await expect(row(page, 'late')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('i');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press(' ');
  await expect(card).toContainText('AL-SOON');
  await expect(list(page)).toBeFocused();
});

test('an incident that is shown from the list is circled by the next key, and the keys after it are those of the circle', async ({
  startRoom,
}) => {
  const { main, openConsole } = await startRoom();
  const far = [108.2, 33.2] as never;
  main.change({ incidents: [incident('call', { urgency: 'critical', kind: 'fire' }), incident('soon', { urgency: 'urgent', at: far })] });
  const page = await openConsole();
  await expect(map(page).locator('[data-map="open"]')).toBeVisible();
  await page.keyboard.press('i');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press(' ');
  await expect(list(page)).toBeFocused();
  await page.keyboard.press('q');
  const panel = map(page).locator('[data-selection]');
  await expect(panel).toContainText('圈选 800 米');
  await expect(panel.locator('[data-count="incidents"]')).toContainText('1');
  // The place was gone to nearer than the circle is wide: the map shows all of it.
  const box = await map(page).boundingBox();
  await expect(async () => {
    const drawn = await map(page).locator('[data-selection-outline]').boundingBox();
    if (drawn === null || box === null) throw new Error('no circle is drawn');
    const ends = [drawn.x - box.x, drawn.y - box.y, box.x + box.width - drawn.x - drawn.width, box.y + box.height - drawn.y - drawn.height];
    expect([drawn.width > 150, ends.every((end) => end >= 0)]).toEqual([true, true]);
  }).toPass();
  await page.keyboard.press('+');
  await expect(panel).not.toContainText('圈选 800 米');
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  // Behind the open help nothing is begun.
  await page.keyboard.press('i');
  await page.keyboard.press('F1');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('q');
  await page.keyboard.press('F1');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(panel).toHaveCount(0);
});

test('no line moves under the pointer: what is new waits behind a word, what is closed says so', async ({ startRoom }) => {
  const { main, openConsole } = await startRoom();
  const first = [incident('one', { leftH: 3 }), incident('two', { leftH: 4 })];
  main.change({ incidents: first });
  const page = await openConsole();
  await expect(list(page).getByRole('option')).toHaveCount(2);
  await row(page, 'two').hover();
  const before = await row(page, 'two').boundingBox();
  main.change({ incidents: [...first.slice(1), incident('new', { urgency: 'critical' })] });
  const word = page.locator('[data-newcomers="1"]');
  await expect(word).toContainText('新到 1');
  await expect(row(page, 'one')).toContainText('已结案');
  expect(await row(page, 'two').boundingBox()).toEqual(before);
  await word.click();
  await expect(row(page, 'new')).toBeVisible();
  await expect(row(page, 'one')).toHaveCount(0);
  await page.mouse.move(900, 20);
  await expect(list(page).getByRole('option').first()).toHaveAttribute('data-incident', 'new');
});

test('thousands are as many lines as are seen, and the region that the map has gone into has its own', async ({ startRoom }) => {
  const { main, county, openConsole } = await startRoom();
  const grids = county.regions.filter(({ level }) => level === 'grid').map(({ id }) => id);
  const incidents = Array.from({ length: 4_000 }, (_, at) => incident(`n-${at}`, { regionId: grids[at % grids.length] ?? ('' as never) }));
  main.change({ incidents });
  const page = await openConsole();
  const pane = page.getByRole('region', { name: '事件', exact: true });
  await expect(pane).toContainText('在办 4,000');
  expect(await list(page).getByRole('option').count()).toBeLessThan(40);
  await page.keyboard.press('i');
  await page.keyboard.press('End');
  await expect(list(page).locator('[data-cursor="true"]')).toBeInViewport();
  await expect(map(page).locator('[data-map="open"]')).toBeVisible();
  await page.keyboard.press('m');
  await page.keyboard.press('4');
  await page.keyboard.press('2');
  const box = await map(page).boundingBox();
  if (box === null) throw new Error('the map has no place');
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await expect(map(page).locator('[data-chosen="region"]')).toContainText('01网格');
  await page.keyboard.press('Enter');
  await expect(pane).toContainText(`在办 ${4_000 / grids.length}`);
  await map(page).getByRole('navigation').getByRole('button').first().click();
  await expect(pane).toContainText('在办 4,000');
});

test('every sign on the map is reached by keys, of the layers that are shown, and says its name to the pointer', async ({ startRoom }) => {
  const { main, openConsole } = await startRoom();
  const places = { quiet: [108.03, 33.03], call: [108.07, 33.07] } as const;
  main.change({
    incidents: [
      incident('quiet', { at: [...places.quiet] as never }),
      incident('call', { urgency: 'critical', kind: 'fire', at: [...places.call] as never }),
    ],
  });
  const page = await openConsole();
  await expect(map(page).locator('[data-map="open"]')).toBeVisible();
  await expect(list(page).getByRole('option')).toHaveCount(2);
  const card = map(page).locator('[data-chosen="incident"]');
  await page.keyboard.press('m');
  await page.keyboard.press('n');
  await expect(card).toContainText('AL-CALL');
  await page.keyboard.press('n');
  await expect(card).toContainText('AL-QUIET');
  await page.keyboard.press('Shift+N');
  await expect(card).toContainText('AL-CALL');
  await page.keyboard.press('2');
  await page.keyboard.press('n');
  await expect(card).toHaveCount(0);
  await page.keyboard.press('2');
  await page.keyboard.press('i');
  await page.keyboard.press('Enter');
  await expect(card).toContainText('AL-CALL');
  const box = await map(page).boundingBox();
  if (box === null) throw new Error('the map has no place');
  const tip = map(page).locator('[data-map-tip="incident"]');
  let nudge = 0;
  // The map flies there first: the pointer is moved until it has arrived.
  await expect(async () => {
    await page.mouse.move(box.x + box.width / 2 + (nudge++ % 3), box.y + box.height / 2);
    await expect(tip).toContainText('火情', { timeout: 300 });
  }).toPass();
});

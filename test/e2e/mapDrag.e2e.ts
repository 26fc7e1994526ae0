import { expect, type Page } from '@playwright/test';
import { OpenIncident } from '#contract/incidents/index.ts';
import { groundDistanceM } from '#contract/map/index.ts';
import type { LngLat } from '#contract/values/index.ts';
import { miniCell, test, type WindowsRoom } from './windowsRoom.ts';

const map = (page: Page) => page.locator('#console-map');
const card = (page: Page, kind: string) => map(page).locator(`[data-chosen="${kind}"]`);

/** The console with one incident, near the fourth camera. */
async function withIncident({ main, county, openConsole }: WindowsRoom) {
  const [, , , camera] = county.cameras;
  if (camera?.location == null) throw new Error('the fourth camera has no place');
  const at: LngLat = [camera.location[0] + 0.0002, camera.location[1]];
  const incident = OpenIncident.parse({
    ...{
      incidentId: 'i-1',
      version: 1,
      number: 'AL-20261122-0001',
      at,
      regionId: camera.regionId,
      townId: null,
      villageId: null,
    },
    ...{ kind: 'landslide', urgency: 'urgent', reportedAtMs: Date.now() - 60_000, dueAtMs: Date.now() + 3_600_000 },
  });
  main.change({ incidents: [incident] });
  const nearest = county.cameras
    .filter(({ streams, location }) => streams.length > 0 && location !== null)
    .toSorted((a, b) => groundDistanceM(at, a.location as LngLat) - groundDistanceM(at, b.location as LngLat))
    .slice(0, 4)
    .map(({ id }) => id as string);
  const page = await openConsole();
  await expect(map(page).locator('[data-map="open"]')).toBeVisible();
  return { page, nearest };
}

const line = (page: Page) => page.locator('[data-incident="i-1"]');

function shown({ main }: WindowsRoom): (string | undefined)[] {
  const [display] = main.room().wall.displays;
  return (display?.tiles ?? []).slice(0, 4).map((tile) => (tile?.content as { cameraId: string } | undefined)?.cameraId);
}

test('an incident is carried from its list onto the map, which goes there; its card is carried to the wall with the nearest pictures, taken back by Ctrl+Z, and carried again', async ({
  startRoom,
}) => {
  const room = await startRoom();
  const { page, nearest } = await withIncident(room);
  await line(page).dragTo(map(page));
  await expect(card(page, 'incident')).toContainText('AL-20261122-0001');
  await card(page, 'incident').dragTo(miniCell(page, '1.1'));
  // A change can be taken back for some seconds: at once, so that a busy machine is not too late for it.
  await page.keyboard.press('Control+z');
  const asked = () => room.main.calls.flatMap(({ name, message }) => (name === 'commandWall' ? [message as { tiles: unknown }] : []));
  await expect.poll(() => asked().length).toBe(2);
  const cells = (cameraIds: readonly (string | null)[]) =>
    cameraIds.map((cameraId, cell) => ({ cell, tile: cameraId === null ? null : expect.objectContaining({ kind: 'camera' }) }));
  expect(asked().map(({ tiles }) => tiles)).toEqual([cells(nearest), cells([null, null, null, null])]);
  await expect(miniCell(page, '1.1')).toHaveAttribute('data-filled', 'false');
  await card(page, 'incident').dragTo(miniCell(page, '1.1'));
  await expect(miniCell(page, '1.4')).toHaveAttribute('data-filled', 'true');
  expect(shown(room)).toEqual(nearest);
});

test('the same by keys: the pictures of what is chosen are picked up, the cell says what will be, and Enter puts them down', async ({
  startRoom,
}) => {
  const room = await startRoom();
  const { page, nearest } = await withIncident(room);
  await line(page).click();
  await expect(card(page, 'incident')).toBeVisible();
  await page.keyboard.press('m');
  await page.keyboard.press('x');
  await expect(miniCell(page, '1.1')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(miniCell(page, '1.2')).toContainText('3');
  await expect(miniCell(page, '1.2')).toHaveAttribute('data-over', 'true');
  await expect(miniCell(page, '1.1')).toHaveAttribute('data-over', 'false');
  await page.keyboard.press('Enter');
  await expect(miniCell(page, '1.4')).toHaveAttribute('data-filled', 'true');
  expect(shown(room)).toEqual([undefined, ...nearest.slice(0, 3)]);
  await expect(miniCell(page, '1.2')).toHaveAttribute('data-over', 'false');
});

test('an incident of the list is carried to a cell of the wall at once, and a region of the tree onto the map', async ({ startRoom }) => {
  const room = await startRoom();
  const { page, nearest } = await withIncident(room);
  await line(page).dragTo(miniCell(page, '1.3'));
  await expect(miniCell(page, '1.4')).toHaveAttribute('data-filled', 'true');
  expect(shown(room)).toEqual([undefined, undefined, ...nearest.slice(0, 2)]);
  await page.locator('#camera-tree').getByText('松河镇', { exact: true }).dragTo(map(page));
  await expect(card(page, 'region')).toContainText('松河镇');
});

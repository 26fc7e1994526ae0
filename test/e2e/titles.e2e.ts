import { expect } from '@playwright/test';
import { cameraTile } from '../fakes/fakeRoom.ts';
import { miniCell, test, tileAt } from './windowsRoom.ts';

/** What an import takes as text. Signs that turn the direction it refuses, but letters that are read from the right are letters. */
const names = {
  image: '<img src=x onerror="document.title=`owned`">',
  address: 'javascript:document.title=`owned`',
  turned: 'אבג (3)',
};

test('names that would act in a page are shown as text by wall and console, and nothing of them acts', async ({ startRoom }) => {
  const { county, openWall, openConsole } = await startRoom({
    tiles: [cameraTile('al-0001'), cameraTile('al-0002'), cameraTile('al-0003')],
  });
  for (const [index, name] of Object.values(names).entries()) Object.assign(county.cameras[index]!, { name, nameEn: name });
  const [wall, page] = [await openWall(), await openConsole()];
  const dialogs: string[] = [];
  for (const window of [wall, page]) window.on('dialog', (dialog) => dialogs.push(dialog.message()));

  for (const [index, name] of Object.values(names).entries()) {
    await expect(tileAt(wall, `1.${index + 1}`)).toContainText(name);
    await expect(miniCell(page, `1.${index + 1}`)).toContainText(name);
  }
  // In the search too, where the words themselves are looked for.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('<img');
  await expect(page.getByText(names.image).first()).toBeVisible();
  const acted = await Promise.all(
    [wall, page].map((window) =>
      window.evaluate(() => [document.title, document.querySelectorAll('img[src="x"], a[href^="javascript"]').length]),
    ),
  );
  // What stands beside such a name stands where it always does: its element keeps the direction to itself, as a block or isolated.
  const mixing = await tileAt(wall, '1.3').evaluate((cell, name) => {
    const holders = [...cell.querySelectorAll('*')].filter(({ childNodes }) =>
      [...childNodes].some(({ nodeType, textContent }) => nodeType === 3 && textContent?.includes(name)),
    );
    const styles = holders.map((holder) => getComputedStyle(holder));
    return styles.map(({ display, unicodeBidi }) => display === 'inline' && !unicodeBidi.includes('isolate'));
  }, names.turned);
  expect(dialogs).toEqual([]);
  expect(acted.map(([title, elements]) => [String(title).includes('owned'), elements])).toEqual([
    [false, 0],
    [false, 0],
  ]);
  expect(mixing.length).toBeGreaterThan(0);
  expect(mixing).not.toContain(true);
});

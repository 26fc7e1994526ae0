import { expect } from '@playwright/test';
import type { CameraCondition } from '#contract/cameras/index.ts';
import type { CameraId } from '#contract/values/index.ts';
import { probedStreams } from '../fakes/fakeProbes.ts';
import { cameraTile } from '../fakes/fakeRoom.ts';
import { test } from './windowsRoom.ts';

/** A school that can be steered, with a fault and with all that a probe can have to say. */
const condition: CameraCondition = {
  ...{ cameraId: 'al-0001' as CameraId, version: 2, source: { kind: 'normal' } },
  fault: { kind: 'blurred', reportedAtMs: 1_763_800_000_000 },
  probed: { atMs: 1_763_800_000_000, streams: [...probedStreams] },
};

/** Runs in the page: what of the card, but for what the record says, and of what was found of the streams is not seen whole without scrolling. */
function hiddenParts(): readonly string[] {
  const record = document.querySelector('[data-of="record"]');
  const side = record?.parentElement?.parentElement;
  const remarks = document.querySelector('[data-of="remarks"]');
  if (side == null || record === null || remarks?.parentElement == null) return ['no card'];
  const partsOf = (whole: Element) => [...whole.querySelectorAll('dt, dd, dd > *, li, button, span')];
  const facts = partsOf(side).filter((part) => record.compareDocumentPosition(part) & Node.DOCUMENT_POSITION_PRECEDING);
  const apart = side.contains(remarks) ? [] : partsOf(remarks);
  if (facts.length < 10 || partsOf(remarks).length < 3) return ['nothing on the card'];
  const [frame, around] = [side, remarks.parentElement].map((element) => element.getBoundingClientRect());
  const framed = [...facts.map((part) => ({ part, frame })), ...apart.map((part) => ({ part, frame: around }))];
  return framed.flatMap(({ part, frame }) => {
    if (frame === undefined) return [part.textContent];
    const { left, right, bottom } = part.getBoundingClientRect();
    const isSeen = left >= frame.left && right <= frame.right + 1 && bottom <= Math.min(frame.bottom, innerHeight) + 1;
    return isSeen && part.scrollWidth <= part.clientWidth + 1 ? [] : part.clientWidth === 0 && isSeen ? [] : [part.textContent];
  });
}

/** Runs in the page: three more facts than there are today, and three more remarks on the streams. */
function growCard(): void {
  const facts = document.querySelector('[data-of="record"]')?.parentElement?.querySelector('dl');
  const remarks = document.querySelector('[data-of="remarks"]');
  for (let more = 0; more < 3; more += 1) {
    facts?.append(facts.lastElementChild?.cloneNode(true) ?? '');
    remarks?.append(remarks.lastElementChild?.cloneNode(true) ?? '');
  }
}

for (const [width, height] of [
  [1920, 1080],
  [1366, 768],
] as const)
  test(`what must be read of a camera is seen without scrolling at ${width}x${height}, in both languages`, async ({ startRoom }) => {
    const { main, county, openConsole } = await startRoom({ tiles: [cameraTile('al-0001')], changes: { cameras: [condition] } });
    const school = county.cameras.find(({ id }) => id === 'al-0001');
    if (school !== undefined) Object.assign(school, { cameraClass: 'school', steering: 'onvif' });
    const page = await openConsole();
    await page.setViewportSize({ width, height });
    await expect(page.locator('[data-lift]')).toContainText('已遮挡');
    await expect(page.getByTestId('preview')).toContainText('实况');
    await expect.poll(() => page.evaluate(hiddenParts)).toEqual([]);
    main.change({ language: 'en' });
    await expect(page.locator('[data-lift]')).not.toContainText('已遮挡');
    await expect.poll(() => page.evaluate(hiddenParts)).toEqual([]);
    await page.evaluate(growCard);
    expect(await page.evaluate(hiddenParts)).toEqual([]);
    const picture = await page.getByTestId('preview').boundingBox();
    expect((picture?.width ?? 0) / width).toBeGreaterThan(0.2);
    if (process.env['COMMANDWALL_SHOTS'] !== undefined)
      await page.screenshot({ path: `${process.env['COMMANDWALL_SHOTS']}/card-${height}.png` });
  });

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

/** Runs in the page: what of the card, but for what the record says, is not seen whole without scrolling. */
function hiddenParts(): readonly string[] {
  const side = document.querySelector('[data-of="record"]')?.parentElement?.parentElement;
  const record = document.querySelector('[data-of="record"]');
  if (side == null || record === null) return ['no card'];
  const frame = side.getBoundingClientRect();
  const parts = [...side.querySelectorAll('dt, dd, dd > *, li, button, span')].filter(
    (part) => record.compareDocumentPosition(part) & Node.DOCUMENT_POSITION_PRECEDING,
  );
  if (parts.length < 10) return ['nothing on the card'];
  return parts.flatMap((part) => {
    const { left, right, bottom } = part.getBoundingClientRect();
    const isSeen = left >= frame.left && right <= frame.right + 1 && bottom <= Math.min(frame.bottom, innerHeight) + 1;
    return isSeen && part.scrollWidth <= part.clientWidth + 1 ? [] : part.clientWidth === 0 && isSeen ? [] : [part.textContent];
  });
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
    if (process.env['COMMANDWALL_SHOTS'] !== undefined)
      await page.screenshot({ path: `${process.env['COMMANDWALL_SHOTS']}/card-${height}.png` });
  });

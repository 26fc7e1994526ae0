import { type Browser, type Page } from '@playwright/test';
import { openTestBrowser, openWallFeed, type WallFeed } from './wallFeed.ts';

export { whepCameraId } from './wallFeed.ts';

/** One wall window in a real Chromium that Playwright drives, before the real gateway with real ffmpeg; main is a fake. */
export type WallRoom = WallFeed & { readonly browser: Browser; readonly page: Page };

/** Opens it; the built windows (dist/renderer) are needed. */
export async function openWallRoom(): Promise<WallRoom> {
  await using opening = new AsyncDisposableStack();
  const feed = await openWallFeed();
  opening.defer(() => feed.close());
  const browser = await openTestBrowser();
  opening.defer(() => browser.close());
  const page = await (await browser.newContext({ viewport: { width: 1920, height: 1080 } })).newPage();
  await page.goto(feed.pageUrl());
  const closers = opening.move();
  return { ...feed, browser, page, close: () => closers.disposeAsync() };
}

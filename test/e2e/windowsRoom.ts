import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import type { Room } from '#contract/bridge/index.ts';
import type { DisplayScene, Layout, Tile } from '#contract/wall/index.ts';
import { type BuiltCounty, buildCounty, laidOut } from '../builders/county.ts';
import { drawLoop, type GatewayForTests, startGateway } from '../fakes/fakeGateway.ts';
import { type FakeMain, startFakeMain } from '../fakes/fakeMain.ts';
import { displayScene, fakeRoom, presentDisplay } from '../fakes/fakeRoom.ts';

/** A room for tests of windows: fake main, real gateway, and pages whose policy violations are counted. */
export type WindowsRoom = {
  readonly main: FakeMain;
  readonly gateway: GatewayForTests;
  readonly county: BuiltCounty;
  openWall(displayKey?: string): Promise<Page>;
  openConsole(): Promise<Page>;
};

/** What a test says about its room; one display of 1920x1080 unless told otherwise. */
export type RoomPlan = { readonly layout?: Layout; readonly tiles?: readonly (Tile | null)[]; readonly changes?: Partial<Room> };

/** The first six cameras have pictures. */
export const streamingCameras = 6;

type Fixtures = { startRoom: (plan?: RoomPlan) => Promise<WindowsRoom>; loop: string };

/** Each test opens one room; every page must end with no violation of the window policy and no uncaught error. */
export const test = base.extend<Omit<Fixtures, 'loop'>, Pick<Fixtures, 'loop'>>({
  loop: [
    async ({}, use) => {
      const folder = await mkdtemp(path.join(tmpdir(), 'commandwall-loop-'));
      await use(await drawLoop({ folder, name: 'card', hueDeg: 40 }));
      await rm(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
  startRoom: async ({ browser, loop }, use) => {
    await using closers = new AsyncDisposableStack();
    const wrongs: string[] = [];
    await use(async ({ layout = 4, tiles = [], changes = {} } = {}) => {
      const county = laidOut(buildCounty({ cameraCount: 2000, streamingCount: streamingCameras }));
      const loops = new Map(county.cameras.slice(0, streamingCameras).map(({ id }) => [id as string, loop]));
      // A stopped process stays stopped: the test itself says when the source comes back.
      const gateway = await startGateway({ loops, limits: { silentRestartMs: 600_000 } });
      closers.defer(() => gateway.close());
      const display = presentDisplay({ key: 'HDMI-1' });
      const scenes: DisplayScene[] = [displayScene({ display, number: 1, layout, tiles })];
      const room = fakeRoom({ displays: [display], wall: { version: 1, displays: scenes }, ...changes });
      const main = await startFakeMain({ room, county, media: gateway.media });
      closers.defer(() => main.close());
      const open = async (identity: Parameters<FakeMain['pageFor']>[0]) => {
        const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
        closers.defer(() => context.close());
        const page = await context.newPage();
        page.setDefaultTimeout(30_000);
        page.on('pageerror', (error) => wrongs.push(`${identity.kind}: ${error.message}`));
        await page.exposeFunction('tellViolation', (text: string) => wrongs.push(`${identity.kind}: ${text}`));
        await page.addInitScript(() => {
          document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber }) => {
            const tell: unknown = Reflect.get(window, 'tellViolation');
            if (typeof tell === 'function') tell(`${violatedDirective} ${blockedURI} at ${sourceFile}:${lineNumber}`);
          });
        });
        await page.goto(main.pageFor(identity));
        return page;
      };
      return {
        main,
        gateway,
        county,
        openWall: (displayKey = 'HDMI-1') => open({ kind: 'wall', displayKey }),
        openConsole: () => open({ kind: 'console' }),
      };
    });
    expect(wrongs).toEqual([]);
  },
});

/** The tile of a wall window that stands at `1.4`. */
export function tileAt(page: Page, place: string) {
  return page.locator(`[data-cell="${place}"]`);
}

/** The cell of the console's mini wall at `1.4`. */
export function miniCell(page: Page, place: string) {
  return page.locator(`[data-place="${place}"]`);
}

/** Frames that the tile's element has decoded so far. */
export async function decodedFrames(page: Page, place: string): Promise<number> {
  const video = tileAt(page, place).locator('video');
  return await video.evaluate((element: HTMLVideoElement) => element.getVideoPlaybackQuality().totalVideoFrames);
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { StreamQuality } from '#contract/cameras/index.ts';
import { WindowId } from '#contract/values/index.ts';
import { drawLoop } from '../fakes/fakeGateway.ts';
import { type FakeMain, startFakeMain } from '../fakes/fakeMain.ts';
import { cameraTile, displayScene, fakeRoom, presentDisplay } from '../fakes/fakeRoom.ts';
import { type KillableGateway, startKillableGateway } from '../fakes/killableGateway.ts';
import { openPushWindow, type PushWindow, type Received } from '../fakes/pushWindow.ts';
import { type BadLine, openBadLine } from './badLine.ts';
import { buildCounty } from './county.ts';
import { openTestBrowser } from './wallFeed.ts';

/** What a tile shows at a moment: what it claims in words, and which media time of which rendition is on its glass. */
export type Shown = {
  readonly cell: number;
  readonly atMs: number;
  readonly state: string;
  readonly badge: string;
  readonly quality: StreamQuality;
  /** Of the picture that is to be seen; null while the last one covers it. */
  readonly mediaTime: number | null;
};

/** A wall of nine large tiles whose pictures come over a line that a test makes bad; main and its bridge are on this machine. */
export type FarWall = {
  readonly line: BadLine;
  readonly gateway: KillableGateway;
  readonly main: FakeMain;
  readonly page: Page;
  /** Somebody with a good line who has every picture in both renditions: the truth that tiles are held to. */
  readonly witness: PushWindow;
  /** Another window with all main streams over the bad line. */
  openFarWindow(name: string): Promise<PushWindow>;
  /** Looks at all tiles once, some refreshes of the display after it is asked: often enough to see a tile change its word. */
  look(): Promise<readonly Shown[]>;
  /** When the picture of a cell with this media time was at the gateway, as told over the good line; null = not known. Epoch ms. */
  arrivedAtMs(shown: { cell: number; quality: StreamQuality; mediaTime: number }): number | null;
  close(): Promise<void>;
};

export const farTiles = 9;
// A ninth of it is wider than the 960 pixels from which a tile asks for the main stream.
const viewport = { width: 2_940, height: 1_654 };
// Nine mains need 9 Mbit/s, nine subs less than one.
const renditions = { main: { size: '320x180', bitrateKbps: 1_000 }, sub: { size: '160x90', bitrateKbps: 60 } } as const;

/** Opens it, over a line that is clear. */
export async function openFarWall(): Promise<FarWall> {
  await using opening = new AsyncDisposableStack();
  const folder = await mkdtemp(path.join(tmpdir(), 'commandwall-far-'));
  opening.defer(() => rm(folder, { recursive: true }));
  const draw = (name: StreamQuality) => drawLoop({ folder, name, hueDeg: 40, fps: 5, ...renditions[name] });
  const loops = { main: await draw('main'), sub: await draw('sub') };
  const county = buildCounty({ cameraCount: farTiles, streamingCount: farTiles });
  const cameraIds = county.cameras.map(({ id }) => id);
  const line = openBadLine();
  opening.defer(() => line.remove());
  const { bad, good } = line.platformHost;
  const gateway = await startKillableGateway({
    loops: Object.fromEntries(cameraIds.map((id) => [id, loops])),
    under: line.under,
    host: bad,
  });
  opening.defer(() => gateway.kill());
  const allMains = cameraIds.map((cameraId, cell): Asked => ({ cell, cameraId, quality: 'main' }));
  const everything = [...allMains, ...allMains.map((each): Asked => ({ ...each, quality: 'sub' }))];
  const witness = await openPictures({ gateway, name: 'witness', asked: everything, urlOf: (url) => url.replace(bad, good) });
  opening.defer(() => witness.close());
  const display = presentDisplay({ key: 'HDMI-1' });
  const scene = displayScene({ display, number: 1, layout: farTiles, tiles: cameraIds.map(cameraTile) });
  const room = fakeRoom({ displays: [display], wall: { version: 1, displays: [scene] } });
  const main = await startFakeMain({ room, county, media: gateway.media });
  opening.defer(() => main.close());
  const browser = await openTestBrowser();
  opening.defer(() => browser.close());
  const page = await browser.newPage({ viewport });
  await page.goto(main.pageFor({ kind: 'wall', displayKey: 'HDMI-1' }));
  const closers = opening.move();
  return {
    ...{ line, gateway, main, page, witness },
    openFarWindow: async (name) => await openPictures({ gateway, name, asked: allMains }),
    look: async () => await page.evaluate(lookAtTiles),
    arrivedAtMs: arrivalsOf(witness, everything),
    close: () => closers.disposeAsync(),
  };
}

type Asked = { readonly cell: number; readonly cameraId: string; readonly quality: StreamQuality };

/** Opens pictures without a browser; channel 1 is the first one asked for. */
async function openPictures({
  gateway,
  name,
  asked,
  urlOf = (url) => url,
}: {
  gateway: KillableGateway;
  name: string;
  asked: readonly Asked[];
  urlOf?: (url: string) => string;
}): Promise<PushWindow> {
  const windowId = WindowId.parse(name);
  const rights = await Promise.all(
    asked.map(async ({ cameraId, quality }) => await gateway.media.openView({ cameraId, quality, windowId })),
  );
  const granted = rights.flatMap((right) => (right.ok ? [right.value] : []));
  if (granted.length < asked.length) throw new Error('a right was refused');
  const window = await openPushWindow({ url: urlOf(granted[0]?.pushUrl ?? ''), window: name });
  for (const [index, { token }] of granted.entries()) window.tell({ type: 'open', channel: index + 1, token });
  return window;
}

/** When a picture was at the gateway, by what a window was told; its media times are the gateway's. */
function arrivalsOf({ received }: PushWindow, asked: readonly Asked[]): FarWall['arrivedAtMs'] {
  return ({ cell, quality, mediaTime }) => {
    const channel = asked.findIndex((each) => each.cell === cell && each.quality === quality) + 1;
    const isIn = (whole: Received) =>
      whole.channel === channel && !whole.isInit && whole.mediaTime <= mediaTime && mediaTime < whole.mediaTime + whole.durationS + slackS;
    return received.findLast(isIn)?.arrivedAtMs ?? null;
  };
}

// Media times cross the wire as decimals.
const slackS = 0.01;

/** Runs in the page. */
async function lookAtTiles(): Promise<Shown[]> {
  for (let refresh = 0; refresh < 6; refresh += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
  return [...document.querySelectorAll<HTMLElement>('[data-cell]')].map((cell, index) => {
    const host = cell.querySelector<HTMLElement>('[title]');
    // The one on top: a coming one lies beneath.
    const video = [...(host?.querySelectorAll('video') ?? [])].at(-1);
    const isCovered = host?.querySelector('canvas')?.dataset['shown'] === 'true';
    return {
      cell: index,
      atMs: Date.now(),
      state: cell.querySelector('[data-tone]')?.textContent ?? '',
      badge: cell.querySelector('[class*=badge]')?.textContent ?? '',
      quality: host?.title.startsWith('主') === true ? 'main' : 'sub',
      mediaTime: video === undefined || isCovered || video.readyState < 2 ? null : video.currentTime,
    };
  });
}

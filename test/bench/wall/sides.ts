import path from 'node:path';
import { z } from 'zod';
import { routes } from '#contract/bus/index.ts';
import { grantLifetimeMs } from '#contract/cameras/index.ts';
import { granted } from '#contract/values/index.ts';
import type { Layout } from '#contract/wall/index.ts';
import { buildCounty } from '#test/builders/county.ts';
import { startFakeMain } from '#test/fakes/fakeMain.ts';
import { cameraTile, displayScene, fakeRoom, presentDisplay } from '#test/fakes/fakeRoom.ts';
import type { BenchPage } from './benchBrowser.ts';
import type { GatewayLine } from './gatewayLine.ts';
import { startProgram } from './processes.ts';
import { cameraIdOf, cameraNumber, tokenFor } from './tokens.ts';

/** One way to show N cameras, made ready in a page that shows nothing yet. */
export type PreparedView = {
  /** Asks for all tiles at once. */
  ask(): Promise<void>;
  /** Processes beside the gateway that this way needs to serve its pictures. */
  readonly servers: readonly number[];
  close(): Promise<void>;
};

export type ViewSide = (options: { page: BenchPage; gateway: GatewayLine; tiles: number }) => Promise<PreparedView>;

const display = presentDisplay({ key: 'DUMMY0' });
/** What stands between two tiles of a wall window. */
const gapPx = 2;

/** Our way: the real wall window, built as it is delivered, with a main that answers from memory. The page takes the rendition by itself. */
export const pushSide: ViewSide = async ({ page, gateway, tiles }) => {
  const county = buildCounty({ cameraCount: 64, streamingCount: 64 });
  // A single tile as wide as the display would take the main picture: the plain side shows the sub one.
  const streams: ('main' | 'sub')[] = tiles < 4 ? ['sub'] : ['main', 'sub'];
  const cameras = county.cameras.map((camera) => ({ ...camera, streams, cameraClass: 'ordinary' as const }));
  const layout = tiles as Layout;
  const empty = displayScene({ display, number: 1, layout, tiles: [] });
  const full = displayScene({
    display,
    number: 1,
    layout,
    tiles: Array.from({ length: tiles }, (_, cell) => cameraTile(cameraIdOf(cell + 1))),
  });
  const main = await startFakeMain({
    room: fakeRoom({ displays: [display], wall: { version: 1, displays: [empty] } }),
    county: { ...county, cameras },
    media: { connectSrc: [gateway.url, new URL(gateway.pushUrl).origin], openView: (asked) => grantFor({ gateway, ...asked }) },
  });
  await page.go(main.pageFor({ kind: 'wall', displayKey: display.displayKey }));
  await settled({ page, script: `document.querySelectorAll('[data-cell]').length === ${tiles}` });
  return {
    servers: [],
    ask: async () => main.change({ wall: { version: 2, displays: [full] } }),
    close: () => main.close(),
  };
};

function grantFor({
  gateway,
  cameraId,
  quality,
  windowId,
}: { gateway: GatewayLine } & Parameters<Parameters<typeof startFakeMain>[0]['media']['openView']>[0]) {
  const token = tokenFor({ camera: cameraNumber(cameraId), quality, windowId });
  return granted({
    cameraId: cameraIdOf(cameraNumber(cameraId)),
    ...{ quality, token, pushUrl: gateway.pushUrl, expiresAtMs: Date.now() + grantLifetimeMs },
    hlsUrl: `${gateway.url}${routes.mediaHls}/${cameraId}/${quality}/index.m3u8`,
  });
}

/** Plain hls.js on the gateway's own playlists. `uncapped` and `capped`: two renditions, and whether the tile's size is looked at. */
export function hlsSide(kind: 'sub' | 'uncapped' | 'capped'): ViewSide {
  return async ({ page, gateway, tiles }) => {
    const urlOf = (camera: number) =>
      kind === 'sub' ? `${routes.mediaHls}/${cameraIdOf(camera)}/sub/index.m3u8` : `/two/${cameraIdOf(camera)}.m3u8`;
    await page.go(`${gateway.url}/wallHls.html`);
    const shown = { urls: numbers(tiles).map(urlOf), isCapped: kind === 'capped' };
    return { servers: [], ask: () => showPlain({ page, tiles, ...shown }), close: async () => {} };
  };
}

/** Plain hls.js on LL-HLS, parts of 0.48 s, made of what the gateway pushes. */
export const llHlsSide: ViewSide = async ({ page, gateway, tiles }) => {
  const file = path.join('..', 'baseline', 'wallLlServer.ts');
  const server = await startProgram({ file, words: [gateway.pushUrl, `${tiles}`], ready: z.object({ port: z.number() }) });
  await page.go(`${gateway.url}/wallHls.html`);
  const urls = numbers(tiles).map((camera) => `http://c${camera}.localhost:${server.ready.port}/${camera}/index.m3u8`);
  return { servers: [server.pid], ask: () => showPlain({ page, tiles, urls, isCapped: false }), close: server.end };
};

async function showPlain({ page, tiles, urls, isCapped }: { page: BenchPage; tiles: number; urls: readonly string[]; isCapped: boolean }) {
  const token = 'bench-token-opens-one-stream';
  const options = { urls, columns: Math.sqrt(tiles), gapPx, capped: isCapped, token };
  await page.evaluate(`show(${JSON.stringify(options)}); null`, z.null());
}

async function settled({ page, script }: { page: BenchPage; script: string }): Promise<void> {
  const once = `new Promise((resolve) => {
    const look = () => (${script} ? resolve(null) : requestAnimationFrame(look));
    look();
  })`;
  await page.evaluate(once, z.null());
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

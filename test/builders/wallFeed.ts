import { mkdtemp, rm } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import type { Camera } from '#contract/cameras/index.ts';
import { displayScene, fakeRoom, presentDisplay } from '#test/fakes/fakeRoom.ts';
import { drawLoop, type GatewayForTests, startGateway } from '#test/fakes/fakeGateway.ts';
import { type FakeMain, startFakeMain } from '#test/fakes/fakeMain.ts';
import { startWhepCamera, type WhepCamera } from '#test/fakes/whepCamera.ts';
import type { GlassCell, Layout, Tile } from '#contract/wall/index.ts';
import { buildCounty } from './county.ts';

/** All that a wall window in a real Chromium stands before: the real gateway with real ffmpeg, a camera that speaks WebRTC; main is a fake. */
export type WallFeed = {
  readonly main: FakeMain;
  readonly gateway: GatewayForTests;
  readonly whep: WhepCamera;
  /** Shows these tiles from now on; null = an empty cell. */
  show(scene: { layout: Layout; tiles: readonly (Tile | null)[] }): void;
  glassAt(cell: number): GlassCell | undefined;
  /** The wall window's page, with a fresh code. */
  pageUrl(): string;
  close(): Promise<void>;
};

/** Cameras that push and HLS can play, and the one that speaks WebRTC. */
const loopCameras = 6;
export const whepCameraId = 'al-0007';

/** As playwright.config.ts and the kiosk; the last two let two pages of one machine speak WebRTC with each other. */
export const wallFlags: readonly string[] = [
  ...['--autoplay-policy=no-user-gesture-required', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-background-timer-throttling', '--disable-backgrounding-occluded-windows', '--disable-renderer-backgrounding'],
  // A test can ask for the collection of what a worker has left.
  ...['--disable-component-update', '--disable-sync', '--enable-precise-memory-info', '--js-flags=--expose-gc'],
  ...['--disable-features=WebRtcHideLocalIpsWithMdns', '--allow-loopback-in-peer-connection'],
];

/** A browser with those flags that Playwright drives. */
export async function openTestBrowser(): Promise<Browser> {
  const executablePath = process.env['COMMANDWALL_CHROMIUM'] ?? '/usr/bin/chromium';
  return await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0, args: [...wallFlags] });
}

/** Opens it; the built windows (dist/renderer) are needed. `size` is that of the loops' pictures. */
export async function openWallFeed({ size = '640x360' }: { size?: string } = {}): Promise<WallFeed> {
  await using opening = new AsyncDisposableStack();
  const folder = await mkdtemp(path.join(tmpdir(), 'commandwall-wall-'));
  opening.defer(() => rm(folder, { recursive: true }));
  const loop = await drawLoop({ folder, name: 'card', hueDeg: 40, size });
  // A browser of its own: what the camera needs is not the wall's.
  const whepBrowser = await openTestBrowser();
  opening.defer(() => whepBrowser.close());
  const whep = await startWhepCamera({ page: await whepBrowser.newPage() });
  opening.defer(() => whep.close());
  const built = buildCounty({ cameraCount: 40, streamingCount: loopCameras + 1 });
  const cameras = built.cameras.map(
    (camera): Camera =>
      camera.id === whepCameraId ? { ...camera, cameraClass: 'ordinary', streams: ['sub'], players: { sub: ['whep'] } } : camera,
  );
  const county = { ...built, cameras };
  const gateway = await startGateway({
    loops: new Map(cameras.slice(0, loopCameras).map(({ id }) => [id as string, loop])),
    sources: new Map([[whepCameraId, { kind: 'whep', url: whep.url }]]),
    networks: Object.values(networkInterfaces()).flatMap((each) => (each ?? []).map(({ cidr }) => cidr).filter((cidr) => cidr !== null)),
    limits: { silentRestartMs: 600_000 },
  });
  opening.defer(() => gateway.close());
  const display = presentDisplay({ key: 'HDMI-1' });
  const sceneOf = (layout: Layout, tiles: readonly (Tile | null)[]) => displayScene({ display, number: 1, layout, tiles });
  const room = fakeRoom({ displays: [display], wall: { version: 1, displays: [sceneOf(4, [])] } });
  const main = await startFakeMain({ room, county, media: gateway.media });
  opening.defer(() => main.close());
  const closers = opening.move();
  return {
    ...{ main, gateway, whep },
    show: ({ layout, tiles }) => {
      main.change({ wall: { version: main.room().wall.version + 1, displays: [sceneOf(layout, tiles)] } });
    },
    glassAt: (cell) => main.room().glass[0]?.cells.find((known) => known.cell === cell),
    pageUrl: () => main.pageFor({ kind: 'wall', displayKey: 'HDMI-1' }),
    close: () => closers.disposeAsync(),
  };
}

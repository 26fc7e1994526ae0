import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { routes } from '#contract/bus/index.ts';
import { type Camera, grantLifetimeMs, type MaskAreas } from '#contract/cameras/index.ts';
import { granted } from '#contract/values/index.ts';
import { buildCounty } from '../builders/county.ts';
import { createHandCertificate, makeTestAuthority } from '../builders/encryption.ts';
import { startFakeMain } from '../fakes/fakeMain.ts';
import { cameraTile, displayScene, fakeRoom, presentDisplay } from '../fakes/fakeRoom.ts';
import { runFfmpeg } from '../fakes/ffmpegTool.ts';
import { openGatewayRoom } from '../fakes/gatewayRoom.ts';
import { tileAt } from './windowsRoom.ts';

const school = 'al-0001';
/** The left half of the picture. */
const masks: MaskAreas = [
  [
    [0, 0],
    [0.5, 0],
    [0.5, 1],
    [0, 1],
  ],
];

/** A school whose left half is masked, in a wall window that plays HLS over TLS; `lift` is what a leader's tap does at the platform. */
async function openRoom({ closers }: { closers: AsyncDisposableStack }) {
  const folder = await mkdtemp(path.join(tmpdir(), 'commandwall-lift-'));
  closers.defer(() => rm(folder, { recursive: true }));
  const loop = path.join(folder, 'loop.mp4');
  const bright = ['-f', 'lavfi', '-i', 'color=white:size=640x360:rate=15:duration=6', '-vf', 'noise=alls=12:allf=t,format=yuv420p'];
  await runFfmpeg(['-loglevel', 'error', ...bright, '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '15', '-bf', '0', loop]);
  const certificate = createHandCertificate(await (await makeTestAuthority()).sign());
  const gateway = await openGatewayRoom({ sources: () => ({ kind: 'demo', loop }), certificate });
  closers.defer(gateway.close);
  let liftedUntilMs: number | null = null;
  const built = buildCounty({ cameraCount: 4, streamingCount: 1 });
  const cameras = built.cameras.map((camera): Camera => (camera.id === school ? { ...camera, cameraClass: 'school', masks } : camera));
  const display = presentDisplay({ key: 'HDMI-1' });
  const content = { ...cameraTile(school), content: { cameraId: school, player: 'hls' } };
  const scene = displayScene({ display, number: 1, layout: 1, tiles: [content] });
  const main = await startFakeMain({
    room: fakeRoom({ displays: [display], wall: { version: 1, displays: [scene] } }),
    county: { ...built, cameras },
    media: {
      connectSrc: [gateway.httpUrl, gateway.pushUrl.replace(/\/media.*/, '')],
      openView: ({ cameraId, quality, windowId }) => {
        const lifted = liftedUntilMs === null ? { masks } : {};
        const token = gateway.grants.give({ camera: cameraId, quality, window: windowId, ...lifted });
        const at = `${gateway.httpUrl}${routes.mediaHls}/${cameraId}/${quality}${liftedUntilMs === null ? '-masked' : ''}`;
        return granted({
          ...{ cameraId: cameraId as Camera['id'], quality, token, expiresAtMs: Date.now() + grantLifetimeMs },
          ...{ pushUrl: gateway.pushUrl, hlsUrl: `${at}/index.m3u8`, llHlsUrl: `${at}/live.m3u8` },
          ...(liftedUntilMs === null ? {} : { liftedUntilMs }),
        });
      },
    },
  });
  closers.defer(main.close);
  const change = (untilMs: number | null) => {
    liftedUntilMs = untilMs;
    gateway.grants.changeRendition(school);
  };
  return { main, lift: () => change(Date.now() + 300_000), endLift: () => change(null) };
}

/** What a tile said at a refresh, and the lightness of both halves of what was on glass then (0 to 255). */
type Seen = { readonly word: string; readonly isSaidLifted: boolean; readonly left: number; readonly right: number };

/** Runs in the page: looks at the tile at each refresh; `seen` gives all looks so far. */
function startLooking(place: string): void {
  const seen: Seen[] = [];
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: 16, height: 9 });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const lightness = (x: number) => {
    const bytes = context?.getImageData(x, 3, 4, 3).data ?? new Uint8ClampedArray();
    return bytes.reduce((sum, value, at) => sum + (at % 4 === 3 ? 0 : value), 0) / ((bytes.length / 4) * 3);
  };
  const look = () => {
    const tile = document.querySelector(`[data-cell="${place}"]`);
    const word = tile?.querySelector('[data-tone]')?.textContent ?? '';
    const cover = tile?.querySelector<HTMLCanvasElement>('canvas[data-shown="true"]');
    const video = [...(tile?.querySelectorAll('video') ?? [])].at(-1);
    context?.fillRect(0, 0, 16, 9);
    if (cover != null) context?.drawImage(cover, 0, 0, 16, 9);
    else if (video !== undefined) context?.drawImage(video, 0, 0, 16, 9);
    const isSaidLifted = tile?.textContent.includes('已解除') ?? false;
    seen.push({ word, isSaidLifted, left: lightness(2), right: lightness(10) });
    requestAnimationFrame(look);
  };
  look();
  Object.assign(window, { seen: () => seen });
}

const looksAt = async (page: Page) => await page.evaluate(() => (window as unknown as { seen(): Seen[] }).seen());

test('a lift and its end reach a tile that plays HLS over TLS: the other picture, said so, and never live over an empty element', async ({
  browser,
}) => {
  await using closers = new AsyncDisposableStack();
  const { main, lift, endLift } = await openRoom({ closers });
  // Which authority a window believes is the shell's (kioskEncryption.test.ts); here any.
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, ignoreHTTPSErrors: true });
  closers.defer(() => context.close());
  const page = await context.newPage();
  await page.goto(main.pageFor({ kind: 'wall', displayKey: 'HDMI-1' }));
  const tile = tileAt(page, '1.1');
  await expect(tile).toContainText('实况', { timeout: 60_000 });
  await expect(tile).toContainText('部分遮挡');
  await expect(tile.locator('[title]').first()).toHaveAttribute('title', /HLS/);
  await page.evaluate(startLooking, '1.1');
  const now = async () => {
    const { word, left, right } = (await looksAt(page)).at(-1) ?? { word: '', left: 0, right: 0 };
    return { word, isMasked: left < 60, hasPicture: right > 180 };
  };
  await expect.poll(now).toEqual({ word: '实况', isMasked: true, hasPicture: true });

  const masked = (await looksAt(page)).length - 1;
  lift();
  await expect.poll(now).toEqual({ word: '实况', isMasked: false, hasPicture: true });
  await expect(tile).toContainText(/已解除 · 至 \d\d:\d\d/);
  const lifted = (await looksAt(page)).length - 1;
  endLift();
  await expect(tile).not.toContainText('已解除');
  await expect.poll(now).toEqual({ word: '实况', isMasked: true, hasPicture: true });
  await expect(tile).toContainText('部分遮挡');

  const looks = await looksAt(page);
  const words = (from: number, to?: number) =>
    looks.slice(from, to).flatMap(({ word }, at, all) => (word === all[at - 1]?.word ? [] : [word]));
  // A busy machine may lose frames beside; what changes begins anew each time, and is live again at the end.
  for (const told of [words(masked, lifted + 1), words(lifted)]) expect([told.includes('连接中'), told.at(-1)]).toEqual([true, '实况']);
  expect(looks.filter(({ word, right }) => word === '实况' && right < 180)).toEqual([]);
  // What is usually masked is never on glass without a word about it, and not at all from the moment that the end is told.
  expect(looks.filter(({ word, left, isSaidLifted }) => word === '实况' && left > 120 && !isSaidLifted)).toEqual([]);
  const endTold = looks.findIndex(({ word }, at) => at > lifted && word === '连接中');
  expect(looks.slice(endTold).filter(({ left }) => left > 120)).toEqual([]);
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deskFeed } from '#contract/record/index.ts';
import type { CameraId } from '#contract/values/index.ts';
import type { DisplayKey, WallState } from '#contract/wall/index.ts';
import { type App, createApp } from '#main/app.ts';
import { machineClock, machineRandomness, machineTimers, sha256 } from '#main/machine/index.ts';
import { createSocketTransport } from '#main/link/index.ts';
import type { Secrets } from '#main/shell/index.ts';
import { createDeskDisk, openLinkDesk } from '../builders/linkDesk.ts';
import { openTestPlatform } from '../builders/platform.ts';
import { createBridgePages } from '../fakes/bridgePage.ts';
import { cameraTile, presentDisplay } from '../fakes/fakeRoom.ts';
import { createFakeShell, createMemorySecrets } from '../fakes/fakeShell.ts';
import { until } from '../fakes/until.ts';

const displays = [0, 1].map((index) => presentDisplay({ key: `DP-${index + 1}`, index }));
const left = 'DP-1' as DisplayKey;
const log = pino({ level: process.env['TEST_LOG'] ?? 'silent' });
const machine = { clock: machineClock, timers: machineTimers, randomness: machineRandomness };
let dataDir: string;
let secrets: Secrets;
let platform: Awaited<ReturnType<typeof openTestPlatform>>;
let apps: App[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'room-'));
  secrets = createMemorySecrets();
  platform = await openTestPlatform();
});
afterEach(async () => {
  for (const app of apps) await app.close();
  apps = [];
  await platform.close();
  await rm(dataDir, { recursive: true });
});

async function openRoom({ demoLogin, platformUrl = platform.url }: { demoLogin: string | null; platformUrl?: string }) {
  const pages = createBridgePages();
  const fake = createFakeShell({ displays, page: pages.page, secrets });
  const app = await createApp({ shell: fake.shell, dataDir, platformUrl, language: 'zh', demoLogin, log, ...machine });
  apps.push(app);
  await pages.until(() => pages.newest('console') !== undefined);
  return { app, fake, pages, console: () => pages.newest('console')!, room: () => pages.newest('console')!.room() };
}

type OpenRoom = Awaited<ReturnType<typeof openRoom>>;

async function openFilledRoom(): Promise<OpenRoom> {
  const room = await openRoom({ demoLogin: 'duty' });
  await room.pages.until(
    () => room.room().link.kind === 'live' && room.room().person !== null && shown(room.room().wall)[1]?.at(3) === 'west-a',
  );
  return room;
}

const shown = (wall: WallState) =>
  wall.displays.map(({ number, layout, tiles }) => [number, layout, ...tiles.flatMap((tile) => tile?.content.cameraId ?? [])]);

describe('a command room', () => {
  test('that logs in by itself is enrolled, connected, and shows cameras of each town at its first start', async () => {
    const room = await openFilledRoom();
    const { county, wall, link, warnings, directoryRevision } = room.room();
    expect({ county: county?.nameEn, wall: shown(wall), feeds: link.feeds, missed: link.missed, warnings, directoryRevision }).toEqual({
      county: 'Testland',
      wall: [
        [1, 4, 'east-a', 'west-a'],
        [2, 4, 'east-a', 'west-a'],
      ],
      feeds: 3,
      missed: 0,
      warnings: ['demo'],
      directoryRevision: 1,
    });
  });

  test('tells its wall to every window and, in order, to the platform', async () => {
    const room = await openFilledRoom();
    const placed = await room.console().main.commandWall({ type: 'wall.placeTile', displayKey: left, cell: 3, tile: cameraTile('west-b') });
    const wallPage = () => room.pages.newest('wall', 'DP-1')!;
    await room.pages.until(() => wallPage().room().wall.version === room.room().wall.version);
    const device = JSON.parse((await secrets.read('device')) ?? '');
    await room.pages.until(() => room.room().link.waiting === 0);
    await room.app.close();
    const witness = await openLinkDesk({
      place: { ...machine, sha256, transport: createSocketTransport({ platformUrl: platform.url }) },
      handshake: { protocolVersion: 1, ...device },
      disk: createDeskDisk(),
    });
    const own = deskFeed(device.deskId);
    await until(() => witness.feeds.get(own) !== undefined);
    witness.link.close();
    expect([placed, wallPage().room().wall, witness.feeds.get(own)?.state.wall]).toEqual([
      { ok: true, value: null },
      room.room().wall,
      room.room().wall,
    ]);
  });

  test('lets nobody command the wall who is not logged in, and no window claim a display', async () => {
    const room = await openFilledRoom();
    const clear = { type: 'wall.clearTile', displayKey: left, cell: 0 } as const;
    const see = { type: 'wall.seeDisplay', displayKey: left, keySource: 'edid', widthPx: 1, heightPx: 1 } as const;
    const claimed = await room.console().main.commandWall(see);
    await room.console().main.logout({});
    const refusedOnce = await room.console().main.commandWall(clear);
    await room.pages.until(() => room.room().person === null);
    const again = await room.console().main.login({ account: 'duty', password: 'duty-demo' });
    expect([claimed, refusedOnce, again.ok, await room.console().main.commandWall(clear)]).toEqual([
      { ok: false, refusal: { code: 'access.notAllowed' } },
      { ok: false, refusal: { code: 'access.notLoggedIn' } },
      true,
      { ok: true, value: null },
    ]);
  });

  test('records a fault that a person reports, shows it everywhere, and settles the command', async () => {
    const room = await openFilledRoom();
    const command = { type: 'cameras.reportFault', cameraId: 'east-a' as CameraId, fault: 'blurred' } as const;
    const asked = await room.console().main.commandCamera(command);
    const settledOf = () => room.console().events.flatMap((event) => (event.kind === 'commandSettled' ? [event] : []));
    const wallPage = room.pages.newest('wall', 'DP-2')!;
    await room.pages.until(() => settledOf().length === 1 && wallPage.room().cameras.length === 1);
    expect([asked, settledOf(), wallPage.room().cameras[0]?.fault?.kind]).toEqual([
      { ok: true, value: { commandId: settledOf()[0]?.commandId } },
      [{ kind: 'commandSettled', commandId: settledOf()[0]?.commandId, refusal: null }],
      'blurred',
    ]);
  });

  test('opens a view for a window, and refuses one for a camera that does not stream', async () => {
    const room = await openFilledRoom();
    const page = room.pages.newest('wall', 'DP-1')!;
    const view = (cameraId: string) => {
      const request = {
        cameraId: cameraId as CameraId,
        quality: 'sub',
        purpose: { kind: 'patrol', reference: null },
        tile: 'DP-1/0',
      } as const;
      return page.main.openView(request);
    };
    const [granted, refused] = [await view('east-a'), await view('east-b')];
    expect([granted.ok && granted.value.cameraId, refused]).toEqual([
      'east-a',
      { ok: false, refusal: expect.objectContaining({ code: 'cameras.notConnected' }) },
    ]);
  });

  test('shows the same wall and knows the cameras’ names when it starts again without a platform', async () => {
    const before = await openFilledRoom();
    await before.console().main.commandWall({ type: 'wall.setLayout', displayKey: left, layout: 16 });
    await before.pages.until(() => before.room().wall.displays[0]?.layout === 16);
    await before.app.close();
    const after = await openRoom({ demoLogin: null, platformUrl: 'http://127.0.0.1:9' });
    const cameras = await after.console().main.camerasById({ cameraIds: ['west-a' as CameraId, 'nobody' as CameraId] });
    expect([after.room().wall, cameras.map(({ name }) => name), after.room().person]).toEqual([before.room().wall, ['west-a'], null]);
  });

  test('refuses a second room on the same folder', async () => {
    await openRoom({ demoLogin: null });
    const { shell } = createFakeShell({ displays, page: () => {}, secrets });
    const second = createApp({ shell, dataDir, platformUrl: platform.url, language: 'zh', demoLogin: null, log, ...machine });
    await expect(second).rejects.toThrow(`a room already runs on ${dataDir}`);
  });

  test('is enrolled again when the platform was set up anew, and tells its wall from the beginning', async () => {
    const before = await openFilledRoom();
    await before.app.close();
    await platform.close();
    platform = await openTestPlatform();
    const after = await openRoom({ demoLogin: 'duty' });
    await after.pages.until(() => after.room().link.kind === 'live' && after.room().link.waiting === 0);
    expect(shown(after.room().wall)).toEqual(shown(before.room().wall));
  });
});

describe('the windows of a room', () => {
  test('are a full-screen wall on every display and the console framed above the primary one’s', async () => {
    const { fake } = await openRoom({ demoLogin: null });
    const windows = fake.open().map(({ request: { identity, mode, display } }) => [identity.kind, mode, display?.displayKey]);
    expect([windows, fake.isKeptAwake()]).toEqual([
      [
        ['wall', 'fullScreen', 'DP-1'],
        ['wall', 'fullScreen', 'DP-2'],
        ['console', 'framed', 'DP-1'],
      ],
      true,
    ]);
  });

  test('follow the displays: a new one gets a wall, a vanished one loses its window but not its scene', async () => {
    const { fake, pages, room } = await openFilledRoom();
    fake.setDisplays([displays[0]!, presentDisplay({ key: 'HDMI-3', index: 2 })]);
    await pages.until(() => pages.newest('wall', 'HDMI-3') !== undefined);
    await pages.until(() => room().wall.displays.length === 3);
    const open = fake.open().flatMap(({ request: { identity } }) => (identity.kind === 'wall' ? [identity.displayKey] : []));
    expect([open, room().displays.map(({ displayKey }) => displayKey), shown(room().wall)[1]]).toEqual([
      ['DP-1', 'HDMI-3'],
      ['DP-1', 'HDMI-3'],
      [2, 4, 'east-a', 'west-a'],
    ]);
  });

  test('leave the console in front when a wall is opened again under it', async () => {
    const { fake, pages } = await openRoom({ demoLogin: null });
    const [wall, , console] = fake.open();
    wall!.die('shellEnded');
    await until(() => console!.broughtToFront() === 1);
    await pages.until(
      () => pages.pages.filter(({ request: { identity } }) => identity.kind === 'wall' && identity.displayKey === 'DP-1').length === 2,
    );
    expect(fake.open().map(({ request: { identity } }) => identity.kind)).toEqual(['wall', 'console', 'wall']);
  });

  test('are reopened when they die; after the third death within five minutes the window says what happened', async () => {
    const { fake, pages } = await openRoom({ demoLogin: null });
    const consoles = () => fake.open().filter(({ request }) => request.identity.kind === 'console');
    for (let death = 1; death <= 2; death += 1) {
      consoles()[0]!.die('crashed');
      await pages.until(
        () => pages.pages.filter(({ request, hello }) => request.identity.kind === 'console' && hello() !== null).length === death + 1,
      );
    }
    consoles()[0]!.die('crashed');
    await until(() => consoles()[0]?.plainPage() !== null && consoles().length === 1);
    expect([consoles()[0]!.plainPage()?.[0], fake.openedCount()]).toEqual(['指挥席窗口反复出错', 6]);
  });
});

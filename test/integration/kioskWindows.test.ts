import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { PresentDisplay } from '#contract/bridge/index.ts';
import { WindowId } from '#contract/values/index.ts';
import type { Channel, OpenedWindow } from '#main/shell/index.ts';
import { writeBridgePages } from '#test/builders/bridgePages.ts';
import { processesBelow, rendererOf } from '#test/builders/browserProcesses.ts';
import { openTestKiosk, type TestKiosk } from '#test/builders/openTestKiosk.ts';
import { collect, firstChannel } from '#test/conformance/shell.ts';
import { until } from '#test/fakes/until.ts';

const run = promisify(execFile);

/** An address of this machine that is not loopback, as a platform in the county's network has; undefined = this machine has none. */
const ownAddress = Object.values(networkInterfaces())
  .flat()
  .find((each) => each?.family === 'IPv4' && !each.internal)?.address;

describe('the kiosk on four displays', () => {
  let platform: Server;
  let pages: Awaited<ReturnType<typeof writeBridgePages>>;
  let kiosk: TestKiosk;
  let opened: OpenedWindow[] = [];
  beforeAll(async () => {
    pages = await writeBridgePages();
    platform = createServer((_request, response) => response.setHeader('access-control-allow-origin', '*').end('from the platform'));
    platform.listen(0);
    await once(platform, 'listening');
    kiosk = await openTestKiosk({ pagesFolder: pages.folder, platformUrl: platformUrl() });
  });
  afterEach(async () => {
    for (const window of opened) await window.close();
    opened = [];
  });
  afterAll(async () => {
    await kiosk.close();
    await pages.remove();
    platform.closeAllConnections();
    platform.close();
  });
  const platformUrl = () => `http://${ownAddress ?? '127.0.0.1'}:${(platform.address() as AddressInfo).port}`;
  let count = 0;
  const openWall = async (display: PresentDisplay) => {
    const windowId = WindowId.parse(`wall-${(count += 1)}`);
    const identity = { kind: 'wall', windowId, displayKey: display.displayKey } as const;
    const window = await kiosk.shell.windows.open({ identity, display, mode: 'fullScreen', language: 'zh' });
    opened.push(window);
    return window;
  };
  const openEverywhere = async () => {
    const windows = [];
    for (const display of await kiosk.shell.displays.list()) windows.push({ display, window: await openWall(display) });
    return windows;
  };

  /** The window manager's word for it: the last of its list lies on top (EWMH, _NET_CLIENT_LIST_STACKING). */
  const untilOnTop = async (title: string) => {
    const env = { ...process.env, ...kiosk.displays.env };
    for (;;) {
      const { stdout } = await run('xprop', ['-root', '-notype', '_NET_CLIENT_LIST_STACKING'], { env });
      const top =
        stdout
          .trim()
          .split(/[\s,]+/)
          .at(-1) ?? '';
      const { stdout: name } = await run('xprop', ['-id', top, '-notype', 'WM_NAME'], { env });
      if (name.includes(title)) return;
    }
  };

  test('each wall covers its own display, to the pixel', async () => {
    for (const { display, window } of await openEverywhere()) await expectToCover(display, await firstChannel(window));
  });

  test('a display that is unplugged and comes back elsewhere gets its wall back where it is now', async () => {
    const windows = await openEverywhere();
    const { display, window } = windows.find((each) => each.display.connector === 'DUMMY2')!;
    const channel = await firstChannel(window);
    await kiosk.displays.unplug('DUMMY2');
    await kiosk.displays.plugIn({ connector: 'DUMMY2', x: 3840, y: 0 });
    const moved = (await kiosk.shell.displays.list()).find(({ displayKey }) => displayKey === display.displayKey)!;
    expect(moved).toEqual({ ...display, x: 3840 });
    await window.placeOn(moved);
    await expectToCover(moved, channel);
    await kiosk.displays.plugIn({ connector: 'DUMMY2', x: display.x, y: display.y });
  });

  test('a page draws as maps do, also where no graphics card is', async () => {
    const [display] = await kiosk.shell.displays.list();
    const channel = await firstChannel(await openWall(display!));
    const frames = collect(channel.onFrame);
    await frames.next();
    channel.send('graphics');
    expect(await frames.next()).toBe('webgl2');
  });

  test('a framed console lies inside its display and has neither tabs nor an address bar', async () => {
    const [display] = await kiosk.shell.displays.list();
    const identity = { kind: 'console', windowId: WindowId.parse('console-1') } as const;
    const window = await kiosk.shell.windows.open({ identity, display: display!, mode: 'framed', language: 'zh' });
    opened.push(window);
    const channel = await firstChannel(window);
    const [x, , width, height] = await settledPlace(channel, ([, , , innerHeight = 0]) => innerHeight < display!.heightPx);
    // The window is 90 % of the display; tabs and an address bar would take another 80 px from the page.
    expect({ isInside: x! > display!.x, width, lostHeight: display!.heightPx * 0.9 - height! < 40 }).toEqual({
      isInside: true,
      width: display!.widthPx * 0.9,
      lostHeight: true,
    });
  });

  test('a console that a new wall has covered comes to the front again', async () => {
    const [display] = await kiosk.shell.displays.list();
    const identity = { kind: 'console', windowId: WindowId.parse('console-2') } as const;
    const window = await kiosk.shell.windows.open({ identity, display: display!, mode: 'framed', language: 'zh' });
    opened.push(window);
    await firstChannel(window);
    await firstChannel(await openWall(display!));
    await window.bringToFront();
    await untilOnTop('console');
  });

  test('a page that loads itself again finds a fresh code', async () => {
    const [display] = await kiosk.shell.displays.list();
    const channels = collect((await openWall(display!)).onChannel);
    for (let load = 0; load < 3; load += 1) {
      const channel = await channels.next();
      expect(await collect(channel.onFrame).next()).toBe('ready wall.html');
      channel.send('reload');
    }
  });

  test('a page reaches a platform in the local network without being asked, and nothing that its policy does not name', async () => {
    const [display] = await kiosk.shell.displays.list();
    const channel = await firstChannel(await openWall(display!));
    const frames = collect(channel.onFrame);
    const told = [await frames.next()];
    for (const line of [`fetch ${platformUrl()}/`, `fetch ${platformUrl().replace(/:\d+$/, ':9')}/`, 'violations']) {
      channel.send(line);
      told.push(await frames.next());
    }
    expect(told).toEqual(['ready wall.html', 'from the platform', 'TypeError: Failed to fetch', '1']);
  });

  test('a page that hangs is ended, and a new one opens in its place', async () => {
    const [display] = await kiosk.shell.displays.list();
    const window = await openWall(display!);
    const gone = collect(window.onGone);
    (await firstChannel(window)).send('hang');
    expect(await gone.next()).toBe('crashed');
    await expectToCover(display!, await firstChannel(await openWall(display!)));
  });

  test('a page that takes memory without end is ended, a new one opens in its place, and its neighbour goes on', async () => {
    const [hoarding, neighbour] = await openEverywhere();
    const channel = await firstChannel(hoarding!.window);
    const beside = await firstChannel(neighbour!.window);
    const said = collect(beside.onFrame);
    expect(await said.next()).toBe('ready wall.html');
    const pid = await rendererOf({ channel, browserPid: kiosk.browserPid() });
    const [reasons, otherReasons]: string[][] = [[], []];
    hoarding!.window.onGone((reason) => void reasons!.push(reason));
    neighbour!.window.onGone((reason) => void otherReasons!.push(reason));
    let mostMB = 0;
    channel.send('hoard');
    await until(() => {
      mostMB = Math.max(mostMB, residentMB(pid));
      return reasons!.length > 0;
    });
    process.stdout.write(`a page was ended when it had ${Math.round(mostMB)} MB\n`);
    expect([mostMB > 1_000, reasons]).toEqual([true, ['crashed']]);
    await expectToCover(hoarding!.display, await firstChannel(await openWall(hoarding!.display)));
    await until(() => !existsSync(`/proc/${pid}`));
    beside.send('still there');
    expect([await said.next(), otherReasons]).toEqual(['echo still there', []]);
  });

  test('a page whose process is stopped, frozen but not dead, is replaced', async () => {
    const [display] = await kiosk.shell.displays.list();
    const window = await openWall(display!);
    const gone = collect(window.onGone);
    const pid = await rendererOf({ channel: await firstChannel(window), browserPid: kiosk.browserPid() });
    process.kill(pid, 'SIGSTOP');
    expect(await gone.next()).toBe('crashed');
    await expectToCover(display!, await firstChannel(await openWall(display!)));
    await until(() => !existsSync(`/proc/${pid}`));
  });

  test('the browser is no root, keeps its sandbox, and no command line or environment holds a code', async () => {
    const windows = await openEverywhere();
    for (const { window } of windows) await firstChannel(window);
    const processes = await processesBelow(kiosk.browserPid());
    const renderers = processes.filter(({ kind }) => kind === 'renderer');
    const filters = await Promise.all(renderers.map(({ pid }) => readFile(`/proc/${pid}/status`, 'utf8')));
    const environments = await Promise.all(processes.map(({ pid }) => readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')));
    const spoken = [...processes.map(({ command }) => command), ...environments].join('\n');
    expect({
      roots: processes.filter(({ uid }) => uid === 0),
      unfiltered: filters.filter((status) => !/^Seccomp:\s+2$/m.test(status)).length,
      hasRenderers: renderers.length >= windows.length,
      sandboxSwitches: /--no-sandbox|--disable-setuid-sandbox/.test(spoken),
      debuggingPorts: /--remote-debugging-port/.test(spoken),
      secrets: /(?:^|[^\w-])[\w-]{43}(?:$|[^\w-])/m.exec(spoken)?.[0] ?? null,
    }).toEqual({ roots: [], unfiltered: 0, hasRenderers: true, sandboxSwitches: false, debuggingPorts: false, secrets: null });
  });

  test('another user of this machine can read neither the secrets, nor the profile, nor what the browser is told', async () => {
    await kiosk.shell.secrets.write('deviceKey', 'k-1');
    const [display] = await kiosk.shell.displays.list();
    await firstChannel(await openWall(display!));
    const proc = `/proc/${kiosk.browserPid()}`;
    const home = /(?:^|\0)HOME=([^\0]+)/.exec(await readFile(`${proc}/environ`, 'utf8'))?.[1] ?? '';
    const wanted = [`${kiosk.dataFolder}/secrets.json`, home, `${home}/profile`, `${home}/authority`, `${proc}/environ`, `${proc}/fd`];
    const asNobody = { uid: 65_534, gid: 65_534, cwd: '/' };
    const answers = wanted.map((file) =>
      run('/bin/sh', ['-c', 'ls -d "$1" >/dev/null && cat "$1"/* "$1"', 'sh', file], asNobody).then(
        () => `read ${file}`,
        ({ stderr }) => (/Permission denied/.test(stderr) ? 'denied' : stderr),
      ),
    );
    expect(await Promise.all(answers)).toEqual(wanted.map(() => 'denied'));
  });

  test('a browser that is killed takes every window, and the next window starts another one', async () => {
    const windows = await openEverywhere();
    const goings = windows.map(({ window }) => collect(window.onGone));
    const killed = kiosk.browserPid();
    process.kill(killed, 'SIGKILL');
    const reasons = await Promise.all(goings.map((gone) => gone.next()));
    const [first] = windows;
    await expectToCover(first!.display, await firstChannel(await openWall(first!.display)));
    expect({ reasons, isAnother: kiosk.browserPid() !== killed }).toEqual({
      reasons: windows.map(() => 'shellEnded'),
      isAnother: true,
    });
  });
});

/** 0 when the process is gone. */
function residentMB(pid: number): number {
  if (!existsSync(`/proc/${pid}/status`)) return 0;
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
}

async function expectToCover(display: PresentDisplay, channel: Channel): Promise<void> {
  const wanted = [display.x, display.y, display.widthPx, display.heightPx];
  expect(await settledPlace(channel, (place) => String(place) === String(wanted))).toEqual(wanted);
}

/** Asks the page where it is until it is as wanted: window managers move windows in their own time. */
async function settledPlace(channel: Channel, isWanted: (place: readonly number[]) => boolean): Promise<readonly number[]> {
  const frames = collect(channel.onFrame);
  for (;;) {
    channel.send('where');
    const answer = await frames.next();
    const place = answer.split(' ').map(Number);
    if (place.length === 4 && isWanted(place)) {
      frames.stop();
      return place;
    }
  }
}

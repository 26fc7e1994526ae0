import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WindowId } from '#contract/values/index.ts';
import type { ServedCertificate } from '#platform/certificates/index.ts';
import { daysAwayMs, makeTestAuthority } from '../builders/encryption.ts';
import { createElectronShell } from '#electron/createElectronShell.ts';
import { packShelfFolder } from '#main/map/index.ts';
import { contentSecurityPolicy, type OpenWindow, type Shell } from '#main/shell/index.ts';
import { writeBridgePages } from '#test/builders/bridgePages.ts';
import { collect, collectTimes, describeShell, firstChannel } from '#test/conformance/shell.ts';
import { createFakeElectron, type FakeElectronOptions } from './fakeElectron.ts';

const platformUrl = 'http://127.0.0.1:8420';

/** The electron shell on the fake Electron, and timers that run when the test says so. */
/** Not on Linux by default: there the displays are the kiosk's, and these are Electron's own. */
async function openFakeRoom({
  platform = 'win32',
  pins = [],
  ...options
}: FakeElectronOptions & { platform?: NodeJS.Platform; pins?: readonly string[] } = {}) {
  const electron = createFakeElectron(options);
  const pages = await writeBridgePages();
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'commandwall-electron-'));
  const timers: { delayMs: number; run: () => void }[] = [];
  const shell = createElectronShell({
    electron: electron.parts,
    pagesFolder: pages.folder,
    preload: '/room/preload.cjs',
    dataFolder,
    platformUrl,
    pins,
    platform,
    env: {},
    clock: { nowMs: () => Date.now() },
    timers: { afterMs: (delayMs, run) => (timers.push({ delayMs, run }), () => {}) },
  });
  const close = async () => {
    await pages.remove();
    await rm(dataFolder, { recursive: true, force: true });
  };
  return { electron, shell, timers, dataFolder, close };
}

describeShell('electron', async () => {
  const { electron, shell, dataFolder, close } = await openFakeRoom();
  let unplugged: Electron.Rectangle | undefined;
  return {
    shell,
    // Each test kills the page of the oldest window that is open.
    killPage: async () => electron.windows.find((window) => !window.isDestroyed())?.webContents.crash('killed'),
    plug: {
      out: async () => void (unplugged = electron.screen.unplugLast()),
      in: async () => electron.screen.plugIn(unplugged!),
    },
    pack: {
      shelf: packShelfFolder(dataFolder),
      part: async ({ path: asked, range }) => {
        const answer = await electron.session.schemes.get('app')?.(new Request(`app://room${asked}`, { headers: { range } }));
        return [answer?.status, answer?.headers.get('content-range'), await answer?.text()].join(' ');
      },
    },
    close,
  };
});

describe('the electron shell, exactly', () => {
  let room: Awaited<ReturnType<typeof openFakeRoom>>;
  beforeEach(async () => {
    room = await openFakeRoom();
  });
  afterEach(() => room.close());

  const request = async (shell: Shell, mode: OpenWindow['mode'] = 'fullScreen'): Promise<OpenWindow> => {
    const [, display] = await shell.displays.list();
    const identity = { kind: 'wall', windowId: WindowId.parse('wall-1'), displayKey: display!.displayKey } as const;
    return { identity, display: display!, mode, language: 'zh' };
  };
  const openWall = async () => {
    const window = await room.shell.windows.open(await request(room.shell));
    return { window, browserWindow: room.electron.windows.at(-1)! };
  };

  test('every window is born with each option of the security tutorial', async () => {
    const { browserWindow } = await openWall();
    const { session, ...preferences } = browserWindow.options.webPreferences!;
    expect(session).toBe(room.electron.parts.session);
    expect(preferences).toEqual({
      preload: '/room/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      plugins: false,
      navigateOnDragDrop: false,
      disableDialogs: true,
      spellcheck: false,
      devTools: true,
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required',
    });
  });

  test('a wall covers its display without a frame, a console is framed within it', async () => {
    await room.shell.windows.open(await request(room.shell));
    await room.shell.windows.open(await request(room.shell, 'framed'));
    const places = room.electron.windows.map(({ options: { x, y, width, height, fullscreen, frame, transparent } }) => ({
      ...{ x, y, width, height, fullscreen, frame, transparent },
    }));
    expect(places).toEqual([
      { x: 1920, y: 0, width: 1920, height: 1080, fullscreen: true, frame: false, transparent: false },
      { x: 2016, y: 54, width: 1728, height: 972, fullscreen: false, frame: true, transparent: false },
    ]);
  });

  test('a wall that is placed again follows its display', async () => {
    const { window, browserWindow } = await openWall();
    const [first] = await room.shell.displays.list();
    await window.placeOn(first!);
    expect([browserWindow.bounds, browserWindow.isFullScreen]).toEqual([{ x: 0, y: 0, width: 1920, height: 1080 }, true]);
  });

  test('a console that is brought to the front is put above the others', async () => {
    const { window, browserWindow } = await openWall();
    await window.bringToFront();
    expect(browserWindow.timesOnTop).toBe(1);
  });

  test('no permission is given when it is asked for or looked up, but the county’s own network to our own page', () => {
    const { permissionRequest, permissionCheck, device, bluetooth, displayMedia } = room.electron.session.handlers;
    const asked = (permission: string, requestingUrl: string) => {
      let answer: boolean | undefined;
      const details = { requestingUrl, isMainFrame: true };
      permissionRequest?.(null as never, permission as 'media', (isGranted) => void (answer = isGranted), details);
      return [answer, permissionCheck?.(null, permission as 'media', requestingUrl, details)];
    };
    let paired: boolean | undefined;
    bluetooth?.({} as never, ({ confirmed }) => void (paired = confirmed));
    expect({
      ours: ['media', 'geolocation', 'notifications', 'fullscreen', 'window-management', 'openExternal', 'unknown'].map((permission) =>
        asked(permission, 'app://room/wall.html'),
      ),
      ourNetwork: asked('local-network-access', 'app://room/wall.html'),
      foreignNetwork: ['https://evil.example/', 'app://room.evil/', 'data:text/html,x', ''].map((url) =>
        asked('local-network-access', url),
      ),
      device: device?.({} as never),
      paired,
      displayMedia,
    }).toEqual({
      ours: Array.from({ length: 7 }, () => [false, false]),
      ourNetwork: [true, true],
      foreignNetwork: Array.from({ length: 4 }, () => [false, false]),
      device: false,
      paired: false,
      displayMedia: null,
    });
  });

  test('a window stays where it was sent: no navigation, no new window, no webview, no download', async () => {
    const { webContents } = (await openWall()).browserWindow;
    const prevented: string[] = [];
    const event = (name: string) => ({ preventDefault: () => prevented.push(name) });
    for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])
      webContents.emit(name, event(name));
    room.electron.session.emit('will-download', event('will-download'));
    expect([prevented, webContents.windowOpenHandler?.({} as never)]).toEqual([
      ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview', 'will-download'],
      { action: 'deny' },
    ]);
  });

  test('a page is served with the policy of every shell, with a nonce of its own', async () => {
    const { webContents } = (await openWall()).browserWindow;
    const policy = webContents.response?.headers.get('content-security-policy') ?? '';
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    const connect = ['http://127.0.0.1:8420', 'ws://127.0.0.1:8420'];
    expect([policy, nonce.length]).toEqual([contentSecurityPolicy({ nonce, connect }), 24]);
    expect(await webContents.response?.text()).toContain(`nonce="${nonce}"`);
  });

  test.each(['app://room/../package.json', 'app://room/..%2f..%2fpackage.json', 'app://other/wall.html', 'app://room/'])(
    '%s is not served',
    async (url) => {
      const response = await room.electron.session.schemes.get('app')?.(new Request(url));
      expect(response?.status).toBe(404);
    },
  );

  test('a page that says something else than text, or too much of it, loses its channel unheard', async () => {
    const endings = [];
    for (const message of [{ t: 'q' }, 'x'.repeat(64 * 1024 + 1)]) {
      const { window, browserWindow } = await openWall();
      const channel = await firstChannel(window);
      const frames = collect(channel.onFrame);
      await frames.next();
      const closed = collectTimes(channel.onClosed);
      browserWindow.webContents.sayRaw(message);
      await closed.next();
      endings.push(frames.waiting());
    }
    expect(endings).toEqual([0, 0]);
  });

  test('the platform’s certificate is pinned where pins are given, every other one is Chromium’s to judge', async () => {
    const pinned = await openFakeRoom({ pins: ['sha256/right'] });
    const verdict = (hostname: string, fingerprint: string) => {
      let answer: number | undefined;
      pinned.electron.session.handlers.certificate?.(
        { hostname, certificate: { fingerprint } } as never,
        (result) => void (answer = result),
      );
      return answer;
    };
    expect([verdict('127.0.0.1', 'sha256/right'), verdict('127.0.0.1', 'sha256/wrong'), verdict('media.example', 'sha256/wrong')]).toEqual([
      0, -2, -3,
    ]);
    await pinned.close();
  });

  test('the platform is believed by its authority: signed by it, for this host, of this time; nothing else is, whatever Chromium says', async () => {
    const [own, other] = [await makeTestAuthority(), await makeTestAuthority()];
    const fake = await openFakeRoom();
    const verdict = (served: ServedCertificate, hostname = '127.0.0.1') => {
      const [data = '', issuer = ''] = served.cert.split(/(?<=-----END CERTIFICATE-----)/);
      const certificate = { data, fingerprint: 'sha256/any', issuerCert: { data: issuer.trim(), fingerprint: 'sha256/its' } };
      let answer: number | undefined;
      fake.electron.session.handlers.certificate?.({ hostname, certificate } as never, (result) => void (answer = result));
      return answer;
    };
    const good = await own.sign();
    // Nobody is believed yet: nothing is sent there by main either.
    expect(verdict(good)).toBe(-3);
    await fake.shell.trustPlatform(new X509Certificate(own.certificate));
    const shown = [
      good,
      await own.sign({ atMs: daysAwayMs(-200) }),
      await own.sign({ atMs: daysAwayMs(3) }),
      await own.sign({ names: ['other.county'] }),
      await other.sign(),
    ];
    expect(shown.map((served) => verdict(served))).toEqual([0, -2, -2, -2, -2]);
    expect(verdict(good, 'media.example')).toBe(-3);
    await fake.close();
  });

  test('a page that is silent for ten seconds is crashed on purpose, and its window is gone', async () => {
    const { window, browserWindow } = await openWall();
    const gone = collect(window.onGone);
    await new Promise(setImmediate);
    browserWindow.webContents.isFrozen = true;
    room.timers.findLast(({ delayMs }) => delayMs === 5000)?.run(); // the next beat
    room.timers.findLast(({ delayMs }) => delayMs === 10_000)?.run(); // and no answer
    expect([await gone.next(), browserWindow.isDestroyed()]).toEqual(['crashed', true]);
  });

  test('a window that somebody closes is told as that, and only once', async () => {
    const { window, browserWindow } = await openWall();
    const gone = collect(window.onGone);
    browserWindow.destroy();
    expect([await gone.next(), gone.waiting()]).toEqual(['closedByUser', 0]);
  });

  test('displays stay awake while somebody asks for it', () => {
    const release = room.shell.power.keepDisplaysAwake();
    const during = room.electron.awake.size;
    release();
    expect([during, room.electron.awake.size]).toEqual([1, 0]);
  });
});

describe('what every screen says about an electron shell', () => {
  test.each([
    ['a key ring and a sandbox', { platform: 'linux', keyRing: 'gnome_libsecret' }, []],
    ['a key ring that is a password in its source', { platform: 'linux', keyRing: 'basic_text' }, ['secretsInMemory']],
    ['no key ring', { keyRing: 'none' }, ['secretsInMemory']],
    ['no sandbox', { switches: ['no-sandbox'] }, ['noSandbox']],
  ] as const)('%s', async (_what, options, warnings) => {
    const room = await openFakeRoom(options);
    expect([room.shell.warnings, room.shell.secrets.isPersistent]).toEqual([warnings, !warnings.includes('secretsInMemory' as never)]);
    await room.close();
  });
});

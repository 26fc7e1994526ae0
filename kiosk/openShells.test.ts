import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { WindowId } from '#contract/values/index.ts';
import type { OpenWindow } from '#main/shell/index.ts';
import { chooseBrowserUser } from './browserUser.ts';
import { browserFlags, findBrowser } from './chromium.ts';
import { openKioskShell, openTabShell } from './openShells.ts';
import type { TabAddress } from './tab.ts';

let folder: string;
let closers: AsyncDisposableStack;
beforeEach(async () => {
  closers = new AsyncDisposableStack();
  folder = await mkdtemp(path.join(tmpdir(), 'commandwall-shells-'));
  closers.defer(() => rm(folder, { recursive: true, force: true }));
});
afterEach(() => closers.disposeAsync());

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** What both shells need; the clock stands until the test moves it, timers never fire. */
function ports() {
  const time = { nowMs: 1_000_000 };
  return {
    time,
    options: {
      pagesFolder: folder,
      dataFolder: folder,
      platformUrl: 'http://127.0.0.1:8420',
      clock: { nowMs: () => time.nowMs },
      timers: { afterMs: () => () => {} },
      log: silent,
    },
  };
}

describe('the kiosk shell before its first window', () => {
  test.each([
    ['sandboxed', []],
    ['unsafeNoSandbox', ['noSandbox']],
  ] as const)('%s: every screen says %j', async (sandbox, warnings) => {
    const kiosk = await openKioskShell({ ...ports().options, sandbox, env: { COMMANDWALL_CHROMIUM: '/usr/bin/true' } });
    closers.defer(kiosk.close);
    expect([kiosk.shell.name, kiosk.shell.warnings]).toEqual(['kiosk', warnings]);
  });

  test('says what to do where no Chromium is installed', async () => {
    const opened = openKioskShell({ ...ports().options, sandbox: 'sandboxed', env: { PATH: folder } });
    await expect(opened).rejects.toThrow('COMMANDWALL_CHROMIUM');
  });

  test('finds the browser on the path, the plain Chromium first', async () => {
    for (const name of ['google-chrome', 'chromium']) await writeFile(path.join(folder, name), '', { mode: 0o755 });
    await writeFile(path.join(folder, 'chromium-browser'), '', { mode: 0o644 });
    expect(await findBrowser({ env: { PATH: `/nowhere:${folder}` } })).toBe(path.join(folder, 'chromium'));
  });

  test('takes the sandbox away only when it is told to, and never opens a port', () => {
    const flagsOf = (sandbox: 'sandboxed' | 'unsafeNoSandbox') => browserFlags({ profileFolder: '/p', sandbox });
    const dangerous = /sandbox|remote-debugging-(?!pipe$)|disable-web-security|ignore-certificate/;
    expect(flagsOf('sandboxed').filter((flag) => dangerous.test(flag))).toEqual([]);
    expect(flagsOf('unsafeNoSandbox').filter((flag) => dangerous.test(flag))).toEqual(['--no-sandbox']);
    expect(flagsOf('sandboxed')).toContain('--remote-debugging-pipe');
  });

  test('root gives the browser a user of its own, anybody else his own', async () => {
    const asRoot = await chooseBrowserUser({ ownUid: 0 });
    expect(asRoot).toMatchObject({ kind: 'dedicated', uid: expect.toSatisfy((uid: number) => uid >= 59_871 && uid < 60_000) });
    expect(await chooseBrowserUser({ ownUid: 1000 })).toEqual({ kind: 'ownUser' });
  });
});

describe('the tab shell', () => {
  const consoleRequest: OpenWindow = {
    identity: { kind: 'console', windowId: WindowId.parse('console-1') },
    display: null,
    mode: 'framed',
    language: 'zh',
  };

  async function openTab() {
    const { time, options } = ports();
    const told: TabAddress[] = [];
    const tab = await openTabShell({ ...options, tellUrl: (address) => told.push(address) });
    closers.defer(tab.close);
    return { tab, told, time };
  }

  const codeOf = ({ url }: TabAddress) => new URLSearchParams(new URL(url).hash.slice(1)).get('code') ?? '';

  /** Comes as a page would, with this opening; tells what came first. */
  async function come({ told, code }: { told: TabAddress[]; code: string }): Promise<string> {
    const { origin, host } = new URL(told[0]!.url);
    const socket = new WebSocket(`ws://${host}/bridge`, { origin });
    return new Promise((resolve) => {
      socket.on('open', () => socket.send(JSON.stringify({ type: 'code', code })));
      socket.on('message', () => resolve('opened'));
      socket.on('close', (closed) => resolve(`closed ${closed}`));
    });
  }

  test('tells an address with a code in its fragment, and one display stands for the tab', async () => {
    const { tab, told } = await openTab();
    await tab.shell.windows.open(consoleRequest);
    const [address] = told;
    expect(address).toEqual({
      kind: 'console',
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/console\.html\?lang=zh#code=[\w-]{43}$/),
    });
    expect((await tab.shell.displays.list()).map(({ displayKey, widthPx, heightPx }) => [displayKey, widthPx, heightPx])).toEqual([
      ['tab', 1920, 1080],
    ]);
  });

  test('an address opens its window once; who comes with a used one makes the terminal tell a fresh one only when nobody is there', async () => {
    const { tab, told } = await openTab();
    const window = await tab.shell.windows.open(consoleRequest);
    const channels: unknown[] = [];
    window.onChannel((channel) => channels.push(channel));
    const code = codeOf(told[0]!);
    expect([await come({ told, code }), await come({ told, code }), channels.length, told.length]).toEqual(['opened', 'closed 4401', 1, 1]);
  });

  test('an address is void after a minute, and whoever tries it makes the terminal tell a fresh one, not more often than every 5 s', async () => {
    const { tab, told, time } = await openTab();
    await tab.shell.windows.open(consoleRequest);
    time.nowMs += 60_000;
    const stale = codeOf(told[0]!);
    expect([await come({ told, code: stale }), await come({ told, code: stale }), told.length]).toEqual(['closed 4401', 'closed 4401', 2]);
    expect(await come({ told, code: codeOf(told[1]!) })).toBe('opened');
  });

  test('Enter at the terminal tells fresh addresses of the windows that nobody has open', async () => {
    const { tab, told } = await openTab();
    await tab.shell.windows.open(consoleRequest);
    tab.tellAgain();
    expect(await come({ told, code: codeOf(told[1]!) })).toBe('opened');
    tab.tellAgain();
    expect(told.length).toBe(2);
  });

  test('a closed window says so once, and its address opens nothing any more', async () => {
    const { tab, told } = await openTab();
    const window = await tab.shell.windows.open(consoleRequest);
    const reasons: string[] = [];
    window.onGone((reason) => reasons.push(reason));
    await window.close();
    await window.close();
    expect([reasons, await come({ told, code: codeOf(told[0]!) })]).toEqual([['closedByUser'], 'closed 4401']);
  });
});

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createApp } from '#main/app.ts';
import { machineClock, machineRandomness, machineTimers } from '#main/machine/index.ts';
import { processesBelow } from '#test/builders/browserProcesses.ts';
import { openDummyDisplays } from '#test/builders/dummyDisplays.ts';
import { openTestKiosk } from '#test/builders/openTestKiosk.ts';
import { startPlatform } from '#test/builders/runningRoom.ts';
import { openWatchedPages } from '#test/builders/watchedPages.ts';
import { until } from '#test/fakes/until.ts';

const root = path.resolve(import.meta.dirname, '../..');
const builtFolder = path.join(root, 'dist/renderer');
const isBuilt = existsSync(path.join(builtFolder, 'wall.html'));
if (!isBuilt) console.warn('NOT TRIED: the windows are not built (npm run setup)');

const twoDisplays = [
  { connector: 'DUMMY0', x: 0, y: 0 },
  { connector: 'DUMMY1', x: 1920, y: 0 },
];

let dataDir: string;
let closers: AsyncDisposableStack;
beforeEach(async () => {
  closers = new AsyncDisposableStack();
  dataDir = await mkdtemp(path.join(tmpdir(), 'commandwall-room-'));
  closers.defer(() => rm(dataDir, { recursive: true, force: true }));
});
afterEach(() => closers.disposeAsync());

describe.skipIf(!isBuilt)('the whole room on the kiosk', () => {
  test('no window of either kind violates its policy while it shows cameras', async () => {
    const platform = await startPlatform({ dataDir });
    closers.defer(platform.stop);
    const pages = await openWatchedPages({ builtFolder });
    closers.defer(pages.close);
    const kiosk = await openTestKiosk({
      pagesFolder: pages.folder,
      platformUrl: platform.url,
      mediaUrls: [pages.reportUrl],
      displays: twoDisplays,
    });
    closers.defer(kiosk.close);
    const silent = () => {};
    const app = await createApp({
      shell: kiosk.shell,
      dataDir: path.join(dataDir, 'room'),
      platformUrl: platform.url,
      language: 'zh',
      demoLogin: 'duty',
      clock: machineClock,
      timers: machineTimers,
      randomness: machineRandomness,
      log: { debug: silent, info: silent, warn: silent, error: silent },
    });
    closers.defer(app.close);
    const reports = await pages.reportsOf(['console.html', 'wall.html']);
    expect(reports.map(({ page, violations }) => ({ page, violations }))).toEqual([
      { page: 'console.html', violations: [] },
      { page: 'wall.html', violations: [] },
    ]);
  });

  test('says when the console is there, and leaves no process and no folder behind when it is asked to end', async () => {
    const { room, browserPid } = await startRoom();
    const home = /(?:^|\0)HOME=([^\0]+)/.exec(await readFile(`/proc/${browserPid}/environ`, 'utf8'))?.[1] ?? '';
    const before = existsSync(home);
    room.kill('SIGTERM');
    const [code] = await once(room, 'exit');
    expect({ code, before, browser: existsSync(`/proc/${browserPid}`), home: existsSync(home) }).toEqual({
      code: 0,
      before: true,
      browser: false,
      home: false,
    });
  });

  test('a room that is killed takes its browser with it', async () => {
    const { room, browserPid } = await startRoom();
    room.kill('SIGKILL');
    await until(() => !existsSync(`/proc/${browserPid}`));
    expect(existsSync(path.join(dataDir, 'room', 'room.pid'))).toBe(true); // it had no time to tidy up
  });
});

/** The real program, with a platform that does not answer: a room works without one. */
async function startRoom(): Promise<{ room: ChildProcess; browserPid: number }> {
  const displays = await openDummyDisplays({ displays: twoDisplays });
  closers.defer(displays.close);
  const args = ['kiosk/bin/room.ts', '--data', path.join(dataDir, 'room'), '--platform', 'http://127.0.0.1:9', '--lang', 'en'];
  const room = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...displays.env }, stdio: ['ignore', 'pipe', 'ignore'] });
  closers.defer(async () => void room.kill('SIGKILL'));
  const [line] = await once(createInterface({ input: room.stdout }), 'line');
  expect(JSON.parse(line)).toEqual({ ready: 'room', url: 'http://127.0.0.1:9' });
  const below = await processesBelow(room.pid ?? 0);
  const browser = below.find(({ kind, command }) => kind === 'browser' && command.includes('--remote-debugging-pipe'));
  return { room, browserPid: browser?.pid ?? 0 };
}

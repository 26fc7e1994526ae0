import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CameraId } from '#contract/values/index.ts';
import type { DisplayKey } from '#contract/wall/index.ts';
import { type App, createApp } from '#main/app.ts';
import { machineClock, machineRandomness, machineTimers } from '#main/machine/index.ts';
import { openLogFile } from '#tools/start/logFile.mjs';
import { faultReport, openCountyDesk } from '../../builders/openDesk.ts';
import { openTestPlatform } from '../../builders/platform.ts';
import { createBridgePages } from '../../fakes/bridgePage.ts';
import { presentDisplay } from '../../fakes/fakeRoom.ts';
import { createFakeShell, createMemorySecrets } from '../../fakes/fakeShell.ts';

const log = pino({ level: process.env['TEST_LOG'] ?? 'silent' });
const secrets = createMemorySecrets();
const displayKey = 'DP-1' as DisplayKey;

/** A file system of 4 MiB of its own; null where nobody may mount one. */
function mountSmallDisk() {
  const folder = mkdtempSync(path.join(tmpdir(), 'full-'));
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder]).status !== 0) return null;
  const filler = path.join(folder, 'filler');
  return {
    folder,
    /** To the last byte: what is free in the last block of another file is taken too, by appending to the filler until it refuses. */
    fill(): void {
      const { bavail, bsize } = statfsSync(folder);
      writeFileSync(filler, Buffer.alloc(bavail * bsize));
      try {
        for (;;) appendFileSync(filler, Buffer.alloc(64));
      } catch {
        // ENOSPC: this is what was wanted.
      }
    },
    free: () => rmSync(filler),
    unmount(): void {
      spawnSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const trial = mountSmallDisk();
trial?.unmount();
if (trial === null) process.stderr.write('SKIPPED: no file system may be mounted here, so full disks of desks are not tried\n');

let disk: NonNullable<ReturnType<typeof mountSmallDisk>>;
let platform: Awaited<ReturnType<typeof openTestPlatform>>;
let app: App | null = null;
beforeEach(async () => {
  if (trial === null) return;
  disk = mountSmallDisk()!;
  platform = await openTestPlatform();
});
afterEach(async () => {
  if (trial === null) return;
  await app?.close();
  app = null;
  await platform.close();
  disk.unmount();
});

async function openRoom() {
  const pages = createBridgePages();
  const { shell } = createFakeShell({ displays: [presentDisplay({ key: 'DP-1' })], page: pages.page, secrets });
  const machine = { clock: machineClock, timers: machineTimers, randomness: machineRandomness };
  app = await createApp({ shell, dataDir: disk.folder, platformUrl: platform.url, language: 'zh', demoLogin: 'duty', log, ...machine });
  await pages.until(() => pages.newest('console') !== undefined && pages.newest('wall', 'DP-1') !== undefined);
  const page = () => pages.newest('console')!;
  const room = () => page().room();
  await pages.until(() => room().link.kind === 'live' && room().person !== null && room().continuity.feeds.length > 0);
  // The first scene is on the disk and at the platform before anything is filled.
  await pages.until(() => room().link.waiting === 0 && room().wall.displays.length === 1);
  return { pages, page, room };
}

test.skipIf(trial === null)(
  'a desk whose disk is full refuses what it could not keep, goes on seeing everything else, and works again with space',
  async () => {
    const { pages, page, room } = await openRoom();
    const place = (cell: number) =>
      page().main.commandWall({ type: 'wall.placeTile', displayKey, cell, tile: { kind: 'camera', content: { cameraId: 'east-a' } } });
    const report = (cameraId: string) =>
      page().main.commandCamera({ type: 'cameras.reportFault', cameraId: cameraId as CameraId, fault: 'blurred' });
    expect(await place(0)).toMatchObject({ ok: true });
    await pages.until(() => room().link.waiting === 0);

    disk.fill();
    const scene = JSON.stringify(room().wall);
    // What still fits into the last block of a journal is kept as promised; soon nothing does.
    let wall = await place(1);
    for (let cell = 2; wall.ok && cell < 200; cell += 1) wall = await place(cell % 4);
    let outbox = await report('west-a');
    for (let count = 0; outbox.ok && count < 200; count += 1) outbox = await report('west-a');
    expect([wall, outbox]).toEqual([
      { ok: false, refusal: { code: 'wall.journalReadOnly' } },
      { ok: false, refusal: { code: 'link.outboxReadOnly' } },
    ]);
    // A short record may still fit where a longer one did not: the warning is there with each refusal, and goes with what was kept.
    while (!room().warnings.includes('wallJournalReadOnly')) await place(3);

    // The line and the pictures need no disk: another desk's fact is seen, a view is granted.
    const other = await openCountyDesk(platform.url);
    await other.desk.ask('command', faultReport({ session: other.session }));
    other.desk.close();
    await pages.until(() => room().cameras.some(({ cameraId, fault }) => cameraId === 'east-a' && fault !== null));
    const view = await pages.newest('wall', 'DP-1')!.main.openView({
      ...{ cameraId: 'east-a' as CameraId, quality: 'sub', purpose: { kind: 'patrol', reference: null }, tile: 'DP-1/0' },
    } as const);
    expect([room().link.kind, view.ok, scene.includes('east-a')]).toEqual(['live', true, true]);

    disk.free();
    // The journal is tried again with the next command.
    let again = await place(2);
    for (let count = 0; !again.ok && count < 200; count += 1) again = await place(2);
    const reported = await report('east-b');
    expect([again, reported.ok]).toEqual([{ ok: true, value: null }, true]);
    await pages.until(() => !room().warnings.includes('wallJournalReadOnly') && room().link.waiting === 0);
    const shown = JSON.stringify(room().wall);
    await app!.close();
    const restarted = await openRoom();
    expect(JSON.stringify(restarted.room().wall)).toBe(shown);
  },
);

test.skipIf(trial === null)('a log whose disk is full costs its lines and nothing else', () => {
  const said: string[] = [];
  const write = openLogFile({ folder: disk.folder, name: 'platform', say: (text) => said.push(text) });
  write('before');
  disk.fill();
  for (let line = 0; line < 200; line += 1) write('x'.repeat(100));
  disk.free();
  write('after');
  const lines = readFileSync(path.join(disk.folder, 'platform.log'), 'utf8').trim().split('\n');
  expect(said).toEqual([expect.stringMatching(/cannot be written: ENOSPC/)]);
  expect([lines[0], lines.at(-1), lines.at(-2)]).toEqual(['before', 'after', expect.stringMatching(/^\(\d+ lines are missing here/)]);
});

test.skipIf(trial === null)(
  'demo pictures for which there is no room are said, and leave nothing half drawn that would be taken for a picture',
  () => {
    disk.fill();
    const drawn = spawnSync(process.execPath, ['tools/demoLoops.ts', '--cache', disk.folder, '--only', '1'], { encoding: 'utf8' });
    expect(drawn.status).not.toBe(0);
    expect(drawn.stderr).toMatch(/ENOSPC|No space left|no space/i);
    expect(readdirSync(disk.folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.mp4'))).toEqual([]);
  },
);

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { expect, test } from 'vitest';
import type { DirectoryPage } from '#contract/directory/index.ts';
import { createPositionColumns, positionAt, readPositions } from '#contract/responders/index.ts';
import type { Timers } from '#contract/values/index.ts';
import { createApp } from '#main/app.ts';
import { machineClock, machineRandomness, machineTimers } from '#main/machine/index.ts';
import { nodeClock, nodeTimers } from '#platform/nodePorts.ts';
import { openTestPlatform } from '../builders/platform.ts';
import { type BridgePage, createBridgePages } from '../fakes/bridgePage.ts';
import { presentDisplay } from '../fakes/fakeRoom.ts';
import { createFakeShell } from '../fakes/fakeShell.ts';
import { openHandIntake } from '../fakes/handIntake.ts';

/** A second of positions is over sooner here. */
const hasty: Timers = { afterMs: (delayMs, run) => nodeTimers.afterMs(delayMs === 1_000 ? 20 : delayMs, run) };

/** A real platform and a real main with one console, logged in as the duty officer of the county. */
async function openRoom(closers: AsyncDisposableStack) {
  const intake = openHandIntake(nodeClock);
  const platform = await openTestPlatform({ openIntake: intake.openIntake, timers: hasty });
  closers.defer(platform.close);
  const dataDir = await mkdtemp(path.join(tmpdir(), 'positions-'));
  closers.defer(() => rm(dataDir, { recursive: true }));
  const pages = createBridgePages();
  const displays = [presentDisplay({ key: 'DP-1', index: 0 })];
  const fake = createFakeShell({ displays, page: pages.page });
  const machine = { clock: machineClock, timers: machineTimers, randomness: machineRandomness, log: pino({ level: 'silent' }) };
  const app = await createApp({ shell: fake.shell, dataDir, platformUrl: platform.url, language: 'zh', demoLogin: 'duty', ...machine });
  closers.defer(app.close);
  await pages.until(() => pages.newest('console')?.room().responders.count === 2);
  return { ...intake, pages, fake, console: () => pages.newest('console')! };
}

/** What a window sees: asks on and on, reads every frame into columns of the room's numbering, and names people by main's roster. */
async function seenBy(page: BridgePage, isEnough: (seen: Record<string, number>) => boolean): Promise<Record<string, number>> {
  const { directoryRevision, count } = page.room().responders;
  const columns = createPositionColumns({ size: count, directoryRevision });
  const { rows } = (await page.main.directoryPage({ kind: 'responders', offset: 0 })) as Extract<DirectoryPage, { kind: 'responders' }>;
  const enough = Promise.withResolvers<Record<string, number>>();
  const stop = page.line.onBytes((bytes) => {
    readPositions(bytes, columns);
    const seen = Object.fromEntries(
      rows.flatMap(({ id, index }) => {
        const place = positionAt(columns, index);
        return place === null ? [] : [[id, place.lng] as const];
      }),
    );
    if (isEnough(seen)) enough.resolve(seen);
    void page.main.nextPositions({});
  });
  void page.main.nextPositions({});
  const seen = await enough.promise;
  stop();
  return seen;
}

test('positions reach a window from the platform: the whole county for the duty officer, his own people for the town', async () => {
  await using closers = new AsyncDisposableStack();
  const { report, pages, console: newest } = await openRoom(closers);
  report('r-east', { lng: 108.5 });
  report('r-west', { lng: 109.5 });
  const county = await seenBy(newest(), (seen) => Object.keys(seen).length === 2);
  await newest().main.logout({});
  await newest().main.login({ account: 'town', password: 'town-demo' });
  await pages.until(() => newest().room().responders.count === 1);
  const town = await seenBy(newest(), (seen) => Object.keys(seen).length > 0);
  expect([county, town]).toEqual([{ 'r-east': 108.5, 'r-west': 109.5 }, { 'r-east': 108.5 }]);
});

test('a window that is opened again has everybody at once, also those who have not moved since', async () => {
  await using closers = new AsyncDisposableStack();
  const { report, pages, fake, console: newest } = await openRoom(closers);
  report('r-east');
  report('r-west');
  const first = newest();
  await seenBy(first, (seen) => Object.keys(seen).length === 2);
  fake
    .open()
    .find(({ request }) => request.identity.kind === 'console')
    ?.die('crashed');
  await pages.until(() => newest() !== first && newest().hello() !== null);
  expect(await seenBy(newest(), () => true)).toEqual({ 'r-east': 108.5, 'r-west': 108.5 });
});

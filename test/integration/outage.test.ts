import { cameraOf } from '#contract/bus/index.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CameraId } from '#contract/values/index.ts';
import { type App, createApp } from '#main/app.ts';
import { machineClock, machineRandomness, machineTimers } from '#main/machine/index.ts';
import { type Cable, openCable } from '../builders/cable.ts';
import { faultReport, openCountyDesk } from '../builders/openDesk.ts';
import { openTestPlatform } from '../builders/platform.ts';
import { createBridgePages } from '../fakes/bridgePage.ts';
import { presentDisplay } from '../fakes/fakeRoom.ts';
import { createFakeShell, createMemorySecrets } from '../fakes/fakeShell.ts';

const log = pino({ level: process.env['TEST_LOG'] ?? 'silent' });
const blurred = { type: 'cameras.reportFault', cameraId: 'east-a' as CameraId, fault: 'blurred' } as const;
const secrets = createMemorySecrets();
let dataDir: string;
let platform: Awaited<ReturnType<typeof openTestPlatform>>;
let cable: Cable;
let apps: App[] = [];
/** How far this machine's clock has been moved on. */
let laterMs = 0;

beforeEach(async () => {
  laterMs = 0;
  dataDir = await mkdtemp(path.join(tmpdir(), 'room-'));
  platform = await openTestPlatform();
  cable = await openCable(platform.url);
});
afterEach(async () => {
  for (const app of apps) await app.close();
  apps = [];
  await cable.close();
  await platform.close();
  await rm(dataDir, { recursive: true });
});

async function openRoom({ demoLogin }: { demoLogin: string | null }) {
  const pages = createBridgePages();
  const { shell } = createFakeShell({ displays: [presentDisplay({ key: 'DP-1' })], page: pages.page, secrets });
  const clock = { nowMs: () => machineClock.nowMs() + laterMs };
  const machine = { clock, timers: machineTimers, randomness: machineRandomness };
  const app = await createApp({ shell, dataDir, platformUrl: cable.url, language: 'zh', demoLogin, log, ...machine });
  apps.push(app);
  await pages.until(() => pages.newest('console') !== undefined && pages.newest('wall', 'DP-1') !== undefined);
  const page = () => pages.newest('console')!;
  const room = () => page().room();
  return {
    app,
    room,
    page,
    wallRoom: () => pages.newest('wall', 'DP-1')!.room(),
    until: pages.until,
    settled: () => page().events.flatMap((event) => (event.kind === 'commandSettled' ? [event.refusal?.code ?? 'done'] : [])),
    whys: () => room().waiting.own.map(({ command, why }) => [cameraOf(command), why]),
    logIn: async (account: string) => {
      const answer = await page().main.login({ account, password: `${account}-demo` });
      await pages.until(() => room().person !== null);
      return answer.ok;
    },
  };
}

/** The duty officer reports a fault without a line to the platform, and the room is started again two minutes later. */
async function reportedWithoutALine() {
  const before = await openRoom({ demoLogin: 'duty' });
  await before.until(
    () => before.room().link.kind === 'live' && before.room().person !== null && before.room().continuity.feeds.length > 0,
  );
  cable.pull();
  await before.until(() => before.room().link.kind !== 'live');
  const asked = await before.page().main.commandCamera(blurred);
  await before.until(() => before.whys().length === 1);
  expect([asked.ok, before.whys()]).toEqual([true, [['east-a', 'queued']]]);
  await before.app.close();
  laterMs = 120_000;
  const after = await openRoom({ demoLogin: null });
  return { after, commandId: before.room().waiting.own[0]!.commandId };
}

test('a command that could not be sent for a minute is shown and goes on its person’s word only', async () => {
  const { after, commandId } = await reportedWithoutALine();
  const forNobody = after.room().waiting;
  cable.plugIn();
  await after.until(() => after.room().link.kind === 'live');
  await after.logIn('leader');
  const byAnother = await after.page().main.settleWaiting({ commandId, word: 'send' });
  await after.page().main.logout({});
  await after.until(() => after.room().person === null);
  await after.logIn('duty');
  await after.until(() => after.whys().length === 1 && after.room().cameras.length === 0);
  expect([forNobody, byAnother, after.whys(), after.wallRoom().waiting]).toEqual([
    { own: [], others: [{ name: expect.any(String), count: 1 }] },
    { ok: false, refusal: { code: 'link.notWaiting' } },
    [['east-a', 'tooOld']],
    { own: [], others: [] },
  ]);
  const word = await after.page().main.settleWaiting({ commandId, word: 'send' });
  await after.until(() => after.settled().length === 1 && after.room().cameras.length === 1);
  expect([word.ok, after.settled(), after.room().waiting.own, after.room().cameras[0]?.fault?.kind]).toEqual([
    true,
    ['done'],
    [],
    'blurred',
  ]);
});

test('a discarded one is told, never sent, and gone after the next start too', async () => {
  const { after, commandId } = await reportedWithoutALine();
  cable.plugIn();
  await after.until(() => after.room().link.kind === 'live');
  await after.logIn('duty');
  await after.until(() => after.whys().length === 1);
  await after.page().main.settleWaiting({ commandId, word: 'discard' });
  await after.until(() => after.settled().length === 1 && after.room().waiting.own.length === 0);
  await after.app.close();
  const again = await openRoom({ demoLogin: 'duty' });
  await again.until(() => again.room().link.kind === 'live' && again.room().person !== null && again.room().continuity.feeds.length > 0);
  expect([after.settled(), again.room().waiting, again.room().cameras]).toEqual([['link.discarded'], { own: [], others: [] }, []]);
});

test('what was recorded while the cable was out comes afterwards, and the room says so: nothing missed since it was started', async () => {
  const room = await openRoom({ demoLogin: 'duty' });
  await room.until(() => room.room().link.kind === 'live' && room.room().continuity.feeds.length > 0);
  cable.pull();
  await room.until(() => room.room().link.kind !== 'live');
  const { desk, session } = await openCountyDesk(platform.url);
  await desk.ask('command', faultReport({ session }));
  desk.close();
  cable.plugIn();
  await room.until(() => room.room().cameras.length === 1 && room.room().continuity.healed.some(({ feed }) => feed.startsWith('county/')));
  const { missed, from, feeds, unknownFacts, ...seen } = room.room().continuity;
  // Facts of the own wall may have been under way when the cable was pulled.
  const healed = seen.healed.filter(({ feed }) => !feed.startsWith('desk/'));
  expect({ missed, from, unknownFacts, healed: healed.map(({ feed, facts, by }) => ({ feed, facts, by })) }).toEqual({
    missed: 0,
    from: 'roomStart',
    unknownFacts: 0,
    healed: [{ feed: feeds.find(({ feed }) => feed.startsWith('county/'))?.feed, facts: 1, by: 'reconnect' }],
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Drawing, DrawingCommand, type DrawingsState } from '#contract/map/index.ts';
import { type App, createApp } from '#main/app.ts';
import { machineClock, machineRandomness, machineTimers } from '#main/machine/index.ts';
import { shownDrawings } from '#renderer/map/drawings/shownDrawings.ts';
import { type Cable, openCable } from '../builders/cable.ts';
import { openCountyDesk } from '../builders/openDesk.ts';
import { openTestPlatform } from '../builders/platform.ts';
import { createBridgePages } from '../fakes/bridgePage.ts';
import { presentDisplay } from '../fakes/fakeRoom.ts';
import { createFakeShell, createMemorySecrets } from '../fakes/fakeShell.ts';

const secrets = createMemorySecrets();
let dataDir: string;
let platform: Awaited<ReturnType<typeof openTestPlatform>>;
let cable: Cable;
let apps: App[] = [];
/** How far this workstation's clock is ahead of true time, and how far the platform's has gone on. */
let [aheadMs, platformAheadMs] = [0, 0];

beforeEach(async () => {
  [aheadMs, platformAheadMs] = [0, 0];
  dataDir = await mkdtemp(path.join(tmpdir(), 'drawings-'));
  platform = await openTestPlatform({ clock: { nowMs: () => Date.now() + platformAheadMs } });
  cable = await openCable(platform.url);
});
afterEach(async () => {
  for (const app of apps) await app.close();
  apps = [];
  await cable.close();
  await platform.close();
  await rm(dataDir, { recursive: true });
});

const clock = { nowMs: () => machineClock.nowMs() + aheadMs };

async function openRoom({ demoLogin }: { demoLogin: string | null }) {
  const pages = createBridgePages();
  const { shell } = createFakeShell({ displays: [presentDisplay({ key: 'DP-1' })], page: pages.page, secrets });
  const machine = { clock, timers: machineTimers, randomness: machineRandomness, log: pino({ level: 'silent' }) };
  const app = await createApp({ shell, dataDir, platformUrl: cable.url, language: 'zh', demoLogin, ...machine });
  apps.push(app);
  await pages.until(() => pages.newest('console') !== undefined);
  const page = () => pages.newest('console')!;
  const room = () => page().room();
  return {
    ...{ app, room, until: pages.until },
    ask: async (command: DrawingCommand) => (await page().main.commandMap(command)).ok,
    settleAll: async () => {
      for (const { commandId } of room().waiting.own) await page().main.settleWaiting({ commandId, word: 'send' });
    },
    settled: () => page().events.flatMap((event) => (event.kind === 'commandSettled' ? [event.refusal?.code ?? 'done'] : [])),
    /** What the console's map shows at a moment of the window's clock, corrected as windows do it unless told otherwise. */
    looks: ({ correctedMs = room().platformOffsetMs } = {}) => {
      const drawings: DrawingsState = new Map((room().drawings ?? []).map((drawing: Drawing) => [drawing.id, drawing]));
      const shown = shownDrawings({ drawings, waiting: room().waiting.own, draft: null, nowMs: clock.nowMs() + correctedMs });
      return shown.map(({ id, look }) => [id.at(-1), look]);
    },
  };
}

type Desk = Awaited<ReturnType<typeof openRoom>>;

const isReady = ({ room }: Desk) => room().link.kind === 'live' && room().person !== null && room().continuity.feeds.length > 0;

/** The duty officer's desk, with a line. */
async function openReady() {
  const desk = await openRoom({ demoLogin: 'duty' });
  await desk.until(() => isReady(desk));
  return desk;
}

async function pullCable(desk: Desk) {
  cable.pull();
  await desk.until(() => desk.room().link.kind !== 'live');
}

const idOf = (last: number) => `01890000-0000-7000-8000-00000000000${last}`;
const draw = (last: number, { text = '集结点' as string | null, hours = 1 } = {}) =>
  DrawingCommand.parse({
    ...{ type: 'map.draw', id: idOf(last), regionId: 'east', hours },
    shape: { kind: 'text', points: [[108.7, 33.3]], text },
  });
const erase = (last: number) => DrawingCommand.parse({ type: 'map.eraseDrawing', id: idOf(last) });

/** Another workstation of the county that hears every fact. */
async function openWitness() {
  const { desk, session } = await openCountyDesk(platform.url);
  const { feeds } = (await desk.ask('attach', { session })) as { feeds: string[] };
  await desk.resume(feeds.map((feed) => ({ feed, position: null })) as never);
  let deskSeq = 0;
  return {
    ask: async (command: DrawingCommand) => {
      deskSeq += 1;
      const commandId = `01890000-0000-7000-9000-00000000000${deskSeq}`;
      return await desk.ask('command', { commandId, deskSeq, session, askedAtMs: Date.now(), command });
    },
    /** Each drawing fact of the county's feed, as often as it was told. */
    heard: () =>
      desk.told.facts.flatMap(({ feed, fact }) =>
        feed.startsWith('county/') && fact.type.startsWith('map.')
          ? [`${fact.type} ${(JSON.parse(fact.payload) as { id: string }).id.at(-1)}`]
          : [],
      ),
    [Symbol.dispose]: () => desk.close(),
  };
}

test('what is drawn while the line is down is dashed, outlives a restart of the desk, and is said once when the line is back; what is refused says why', async () => {
  using witness = await openWitness();
  const before = await openReady();
  await pullCable(before);
  // Only the platform looks whether words have any.
  expect([await before.ask(draw(1)), await before.ask(draw(2, { text: null })), await before.ask(draw(3))]).toEqual([true, true, true]);
  await before.until(() => before.room().waiting.own.length === 3);
  const dashed = before.looks();
  await before.app.close();
  const after = await openRoom({ demoLogin: 'duty' });
  const offline = after.room().waiting;
  cable.plugIn();
  await after.until(() => isReady(after) && after.settled().length === 3 && after.room().drawings?.length === 2);
  expect([dashed, offline, after.settled(), after.looks(), after.room().waiting.own]).toEqual([
    ['1', '2', '3'].map((last) => [last, 'waiting']),
    { own: [], others: [{ name: expect.any(String), count: 3 }] },
    ['done', 'map.textMissing', 'done'],
    [
      ['1', 'standing'],
      ['3', 'standing'],
    ],
    [],
  ]);
  expect(witness.heard()).toEqual(['map.drawn 1', 'map.drawn 3']);
});

test('what was drawn more than a minute ago goes on its author’s word, once', async () => {
  using witness = await openWitness();
  const before = await openReady();
  await pullCable(before);
  await before.ask(draw(1));
  await before.until(() => before.room().waiting.own.length === 1);
  await before.app.close();
  aheadMs = 120_000;
  const after = await openRoom({ demoLogin: 'duty' });
  cable.plugIn();
  await after.until(() => isReady(after) && after.room().waiting.own.length === 1);
  expect([after.room().waiting.own.map(({ why }) => why), after.looks()]).toEqual([['tooOld'], [['1', 'waiting']]]);
  await after.settleAll();
  await after.until(() => after.settled().length === 1 && after.room().drawings?.length === 1);
  expect([after.settled(), witness.heard()]).toEqual([['done'], ['map.drawn 1']]);
});

test('a line that breaks between the asking and the answer draws once', async () => {
  using witness = await openWitness();
  const desk = await openReady();
  for (const last of [1, 2, 3, 4]) {
    await desk.ask(draw(last));
    cable.pull();
    await desk.until(() => desk.room().link.kind !== 'live');
    cable.plugIn();
    await desk.until(() => isReady(desk) && desk.settled().length === last);
  }
  await desk.until(() => desk.room().drawings?.length === 4);
  expect([desk.settled(), witness.heard().toSorted()]).toEqual([
    ['done', 'done', 'done', 'done'],
    [1, 2, 3, 4].map((last) => `map.drawn ${last}`),
  ]);
});

test('one that another erased meanwhile is gone when the line is back, and erasing it too says that it is gone', async () => {
  using witness = await openWitness();
  const desk = await openReady();
  await desk.ask(draw(1));
  await desk.until(() => desk.room().drawings?.length === 1);
  await pullCable(desk);
  await witness.ask(erase(1));
  await desk.ask(erase(1));
  await desk.until(() => desk.room().waiting.own.length === 1);
  // What waits to be erased is gone from its author's map at once.
  expect([desk.room().drawings?.length, desk.looks()]).toEqual([1, []]);
  cable.plugIn();
  await desk.until(() => isReady(desk) && desk.settled().length === 2);
  expect([desk.settled(), desk.room().drawings, witness.heard()]).toEqual([
    ['done', 'map.drawingGone'],
    [],
    ['map.drawn 1', 'map.drawingErased 1'],
  ]);
});

test('a drawing lasts as long as the platform says, whatever the workstation’s clock says', async () => {
  aheadMs = 3 * 3_600_000;
  const desk = await openReady();
  await desk.until(() => desk.room().platformOffsetMs < -3_500_000);
  await desk.ask(draw(1, { hours: 1 }));
  await desk.until(() => desk.room().drawings?.length === 1);
  // Uncorrected it would have been over two hours ago.
  expect([desk.looks(), desk.looks({ correctedMs: 0 })]).toEqual([[['1', 'standing']], []]);
});

test('what was over while the desk was away is not shown when it is back, and what is not over is', async () => {
  const first = await openReady();
  await first.ask(draw(1, { hours: 1 }));
  await first.ask(draw(2, { hours: 24 }));
  await first.until(() => first.room().drawings?.length === 2);
  await first.app.close();
  platformAheadMs = 2 * 3_600_000;
  const second = await openReady();
  await second.until(() => second.room().platformOffsetMs > 3_600_000 && (second.room().drawings?.length ?? 0) > 0);
  expect(second.looks()).toEqual([['2', 'standing']]);
});

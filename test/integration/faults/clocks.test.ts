import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { routes } from '#contract/bus/index.ts';
import { MediaGrant } from '#contract/cameras/index.ts';
import type { CameraId } from '#contract/values/index.ts';
import { type App, createApp } from '#main/app.ts';
import { machineClock, machineRandomness, machineTimers } from '#main/machine/index.ts';
import { faultReport, openCountyDesk, viewQuestion } from '../../builders/openDesk.ts';
import { logIn, openTestPlatform, post } from '../../builders/platform.ts';
import { createBridgePages } from '../../fakes/bridgePage.ts';
import { presentDisplay } from '../../fakes/fakeRoom.ts';
import { createFakeShell, createMemorySecrets } from '../../fakes/fakeShell.ts';

const log = pino({ level: process.env['TEST_LOG'] ?? 'silent' });
const minuteMs = 60_000;
/** Where a clock that was right is set to, one after the other; the last step is back by an hour and ten minutes. */
const steps = [10 * minuteMs, -10 * minuteMs, 0, 10 * minuteMs, -60 * minuteMs];

/** How far each clock is from the truth. Unit: ms. */
let platformOffMs = 0;
let deskOffMs = 0;
let platform: Awaited<ReturnType<typeof openTestPlatform>>;
const opened: { close(): unknown }[] = [];
beforeEach(async () => {
  [platformOffMs, deskOffMs] = [0, 0];
  platform = await openTestPlatform({ clock: { nowMs: () => Date.now() + platformOffMs } });
});
afterEach(async () => {
  for (const closing of opened.splice(0).toReversed()) await closing.close();
  await platform.close();
});

test('a platform whose clock is set forward and back goes on deciding, telling and counting; nobody is thrown out', async () => {
  const { desk, session } = await openCountyDesk(platform.url);
  opened.push(desk);
  await desk.resume([{ feed: 'county/testland', position: null }]);
  const replies = [];
  for (const [index, offMs] of [0, ...steps].entries()) {
    platformOffMs = offMs;
    const report = faultReport({ session, deskSeq: index + 1 });
    const { cameraId } = report.command;
    replies.push(await desk.ask('command', index % 2 === 0 ? report : { ...report, command: { type: 'cameras.clearFault', cameraId } }));
    await desk.until(() => desk.told.facts.length === index + 1);
    const clock = (await desk.ask('clock', {})) as { platformNowMs: number };
    expect(Math.abs(clock.platformNowMs - Date.now() - offMs)).toBeLessThan(minuteMs);
  }
  expect(replies).toEqual(replies.map(() => expect.objectContaining({ ok: true, factCount: 1 })));
  expect(desk.told.facts.map(({ seq }) => seq)).toEqual([2, 3, 4, 5, 6, 7]);
});

test('a picture token made before the clock was set back does not live an hour longer', async () => {
  const { desk } = await openCountyDesk(platform.url);
  opened.push(desk);
  const ask = async () => MediaGrant.parse(((await desk.ask('ask', viewQuestion())) as { value: unknown }).value).token;
  const { grants } = platform.gateway()!;
  const before = await ask();
  const good = grants.redeem(before)?.cameraId;
  platformOffMs = -60 * minuteMs;
  expect([good, grants.redeem(before), grants.redeem(await ask())?.cameraId]).toEqual(['east-a', null, 'east-a']);
});

test('whoever was locked out for half a minute is not locked out for an hour when the clock is set back', async () => {
  const login = async (password: string) =>
    (await post({ url: `${platform.url}${routes.login}`, body: { account: 'duty', password } })).status;
  for (let guess = 0; guess < 5; guess += 1) await login('guess');
  const locked = await login('duty-demo');
  platformOffMs = -60 * minuteMs;
  expect([locked, await login('duty-demo')]).toEqual([429, 200]);
});

test('a session ends at its time by the clock that the platform has then, forward by thirteen hours too', async () => {
  const { session } = await logIn({ url: platform.url, account: 'duty' });
  const regions = async () =>
    (await fetch(`${platform.url}${routes.directory}/regions`, { headers: { authorization: `Bearer ${session}` } })).status;
  platformOffMs = -60 * minuteMs;
  const back = await regions();
  platformOffMs = 13 * 60 * minuteMs;
  expect([back, await regions()]).toEqual([200, 401]);
});

test('a room whose clock is set forward and back stays connected, sends at once, shows what comes, and never counts a lag below nothing', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'room-'));
  opened.push({ close: () => rm(dataDir, { recursive: true }) });
  const pages = createBridgePages();
  const { shell } = createFakeShell({ displays: [presentDisplay({ key: 'DP-1' })], page: pages.page, secrets: createMemorySecrets() });
  const machine = { clock: { nowMs: () => machineClock.nowMs() + deskOffMs }, timers: machineTimers, randomness: machineRandomness };
  const app: App = await createApp({ shell, dataDir, platformUrl: platform.url, language: 'zh', demoLogin: 'duty', log, ...machine });
  opened.push(app);
  await pages.until(() => pages.newest('console') !== undefined);
  const page = () => pages.newest('console')!;
  const room = () => page().room();
  await pages.until(() => room().link.kind === 'live' && room().person !== null && room().continuity.feeds.length > 0);

  const cameraId = 'east-a' as CameraId;
  const settled = () => page().events.flatMap((event) => (event.kind === 'commandSettled' ? [event.refusal?.code ?? 'done'] : []));
  const faulty = () => room().cameras.some((camera) => camera.cameraId === cameraId && camera.fault !== null);
  for (const [index, offMs] of steps.entries()) {
    deskOffMs = offMs;
    const isReport = index % 2 === 0;
    await page().main.commandCamera(
      isReport ? { type: 'cameras.reportFault', cameraId, fault: 'blurred' } : { type: 'cameras.clearFault', cameraId },
    );
    await pages.until(() => settled().length === index + 1 && faulty() === isReport);
    const { lag } = room().continuity;
    expect([room().link.kind, room().waiting.own, lag === null || lag.medianMs >= 0]).toEqual(['live', [], true]);
  }
  expect([settled(), room().continuity.missed]).toEqual([steps.map(() => 'done'), 0]);
});

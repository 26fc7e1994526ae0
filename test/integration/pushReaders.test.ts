import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WindowId } from '#contract/values/index.ts';
import { drawLoop } from '#test/fakes/fakeGateway.ts';
import { type KillableGateway, startKillableGateway } from '#test/fakes/killableGateway.ts';
import { holesOf, openPushWindow, type PushWindow } from '#test/fakes/pushWindow.ts';
import { slowFrom, watchStandstills } from '#test/fakes/standstills.ts';
import { until } from '#test/fakes/until.ts';

const isLong = process.env['COMMANDWALL_LONG'] === '1';
const cameras = ['al-0001', 'al-0002', 'al-0003', 'al-0004'];
const forMany = 'al-0005';

let gateway: KillableGateway;
let folder: string;
let openWindows: PushWindow[] = [];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'commandwall-readers-'));
  const loop = await drawLoop({ folder, name: 'card', hueDeg: 40, bitrateKbps: 3_000 });
  // For hundreds of readers in one process of a busy machine: what is counted is who is served, not how many bytes.
  const small = await drawLoop({ folder, name: 'small', hueDeg: 40, bitrateKbps: 500 });
  gateway = await startKillableGateway({ loops: { ...Object.fromEntries(cameras.map((id) => [id, loop])), [forMany]: small } });
});
afterAll(async () => {
  for (const window of openWindows) await window.close();
  await gateway.kill();
  await rm(folder, { recursive: true });
});

/** A window with these cameras on channels 1, 2, ... */
async function openWindow({ name, asked = cameras }: { name: string; asked?: readonly string[] }): Promise<PushWindow> {
  const windowId = WindowId.parse(name);
  const rights = await Promise.all(asked.map(async (cameraId) => await gateway.media.openView({ cameraId, quality: 'main', windowId })));
  const tokens = rights.flatMap((right) => (right.ok ? [right.value] : []));
  const window = await openPushWindow({ url: tokens[0]?.pushUrl ?? '', window: name, keeps: 'times' });
  openWindows.push(window);
  for (const [index, { token }] of tokens.entries()) window.tell({ type: 'open', channel: index + 1, token });
  return window;
}

const fragmentsOf = ({ received }: PushWindow, channel: number) => received.filter((whole) => whole.channel === channel && !whole.isInit);
const secondsOf = (window: PushWindow, channel: number) => fragmentsOf(window, channel).reduce((sum, { durationS }) => sum + durationS, 0);
/** Media time after which nothing comes in a test, seconds. */
const afterEverythingS = 1_000_000;

const plays = (window: PushWindow) => cameras.every((_, index) => fragmentsOf(window, index + 1).length > 2);

test('one slow tile and windows that read nothing disturb nobody, and cost the gateway no memory that grows', async () => {
  const [quick, slow] = [await openWindow({ name: 'quick' }), await openWindow({ name: 'slow' })];
  const deaf = await Promise.all(Array.from({ length: 10 }, async (_, index) => await openWindow({ name: `deaf-${index}` })));
  await until(() => [quick, slow, ...deaf].every(plays));
  using stood = watchStandstills(slowFrom);
  slow.neverAcknowledge(1);
  for (const window of deaf) window.stopReading();
  // Half of them say that they have everything: whom credit does not hold, the gateway holds by what their sockets take.
  const liars = deaf.slice(0, deaf.length / 2);
  let looks = 0;
  const lie = () => {
    // Often enough that credit never ends: each look is 20 ms, a fragment a quarter of a second.
    if (++looks % 8 !== 0) return;
    for (const window of liars)
      for (const [index] of cameras.entries()) window.tell({ type: 'ack', channel: index + 1, mediaTime: afterEverythingS, bytes: 0 });
  };
  const begunS = secondsOf(quick, 1);
  const lastsS = isLong ? 120 : 20;
  const sizes: number[] = [];
  for (let partS = lastsS / 10; partS <= lastsS; partS += lastsS / 10) {
    await until(() => {
      lie();
      return secondsOf(quick, 1) - stood.seconds() >= begunS + partS;
    });
    sizes.push(await gateway.residentMB());
  }
  const owedMB = (deaf.length * cameras.length * lastsS * 3) / 8;
  console.log(`gateway, MB: ${sizes.map(Math.round).join(' ')}; the deaf were owed ${owedMB} MB`);
  // Neighbours of the slow tile, on its socket and on another one, have every picture.
  expect([2, 3, 4].map((channel) => holesOf(slow, { channel, stood }))).toEqual([0, 0, 0]);
  expect([1, 2, 3, 4].map((channel) => holesOf(quick, { channel, stood }))).toEqual([0, 0, 0, 0]);
  // What is on the way to it is at most its credit.
  const lagS = secondsOf(quick, 1) - secondsOf(slow, 1);
  expect(lagS).toBeGreaterThan(lastsS / 2);
  const late = Math.max(...sizes.slice(5)) - Math.max(...sizes.slice(0, 5));
  expect(late).toBeLessThan(owedMB / 10);
});

test('500 windows that lose the gateway together are all served again, by one process per camera', async () => {
  const count = 500;
  const asked = [forMany];
  const open = async (round: string) => {
    const opened: PushWindow[] = [];
    for (let index = 0; index < count; index += 50)
      opened.push(
        ...(await Promise.all(Array.from({ length: 50 }, async (_, at) => await openWindow({ name: `${round}-${index + at}`, asked })))),
      );
    return opened;
  };
  for (const window of openWindows) await window.close();
  openWindows = [];
  const before = await open('before');
  await until(() => before.every((window) => fragmentsOf(window, 1).length > 0));
  const servedMB = await gateway.residentMB();
  await gateway.kill();
  await until(() => before.every((window) => window.closedWith() !== null));
  openWindows = [];
  await gateway.start();
  // All of them at once, as if no lot had spread them.
  const after = await Promise.all(Array.from({ length: count }, async (_, index) => await openWindow({ name: `after-${index}`, asked })));
  await until(() => after.every((window) => fragmentsOf(window, 1).length > 0));
  expect(after.every((window) => fragmentsOf(window, 1)[0]?.isKey === true && window.closedWith() === null)).toBe(true);
  expect(await gateway.children()).toEqual(['ffmpeg']);
  // A second time as many bytes would be twice the size; what it is made of is shared by all.
  expect(await gateway.residentMB()).toBeLessThan(servedMB * 1.5 + 50);
});

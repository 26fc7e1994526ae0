import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { countyFeed } from '#contract/record/index.ts';
import { type CameraId, WindowId } from '#contract/values/index.ts';
import { createSocketTransport } from '#main/link/index.ts';
import { machineClock, machineTimers, sha256 } from '#main/machine/index.ts';
import { killableCounty, openKillablePlatform } from '../../builders/killablePlatform.ts';
import { createDeskDisk, openLinkDesk } from '../../builders/linkDesk.ts';
import { openTightMachine, type TightMachine } from '../../builders/tightMachine.ts';
import { drawLoop } from '../../fakes/fakeGateway.ts';
import { decodedPictures } from '../../fakes/ffmpegTool.ts';
import { startKillableGateway } from '../../fakes/killableGateway.ts';
import { openPushWindow, runsOf } from '../../fakes/pushWindow.ts';
import { until } from '../../fakes/until.ts';

const bounds = { memoryMB: 512, processorPercent: 10 };
const trial = openTightMachine(bounds);
await trial?.remove();

let machine: TightMachine;
let closers: AsyncDisposableStack;
beforeEach(() => {
  if (trial === null) return;
  closers = new AsyncDisposableStack();
  machine = openTightMachine(bounds)!;
  closers.defer(() => machine.remove());
});
afterEach(async () => await closers?.disposeAsync());

const tellSuffered = (what: string) => {
  const { waits, killed, mostMB } = machine.suffered();
  process.stdout.write(`${what} on 512 MB and 10 % of a processor: held up ${waits} times, at most ${Math.round(mostMB)} MB\n`);
  // Bounds that nobody ran into would prove nothing; nothing was killed for want of memory.
  expect(waits).toBeGreaterThan(20);
  expect(killed).toBe(0);
};

test.skipIf(trial === null)(
  'a platform on 512 MB and 10 % of a processor is slower, never wrong: every command once, and the desk has the record',
  async () => {
    const platform = await openKillablePlatform({ cameras: 2 });
    closers.defer(() => platform.remove());
    const [handshake, person] = [await platform.enrol(), await platform.signIn()];
    await platform.kill();
    await platform.start({ under: machine.under });
    const transport = createSocketTransport({ platformUrl: platform.url });
    const place = { transport, clock: machineClock, timers: machineTimers, randomness: Math.random, sha256 };
    const desk = await openLinkDesk({ place, handshake, disk: createDeskDisk() });
    closers.defer(() => desk.link.close());
    desk.link.attach(person);
    const feed = countyFeed(killableCounty);
    await until(() => desk.status().kind === 'live' && desk.feeds.has(feed));
    const count = 200;
    for (let asked = 0; asked < count; asked += 1)
      void desk.ask(person, { type: asked % 2 === 0 ? 'cameras.reportFault' : 'cameras.clearFault', cameraId: 'no-c0' as CameraId });
    await until(() => desk.settled.length === count && desk.feeds.get(feed)?.applied.length === count);
    tellSuffered('a platform');
    desk.link.close();
    await platform.kill();
    const recorded = (await platform.recorded()).map(({ fact }) => fact);
    expect(desk.settled.map(({ refusal }) => refusal)).toEqual(desk.settled.map(() => null));
    expect(new Set(recorded.map(({ commandId }) => commandId))).toEqual(new Set<unknown>(desk.settled.map(({ commandId }) => commandId)));
    expect(desk.feeds.get(feed)?.applied).toEqual(recorded);
  },
  600_000,
);

test.skipIf(trial === null)(
  'a gateway on 512 MB and 10 % of a processor is slower, never wrong: what it sends is in order, and decodes',
  async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'commandwall-tight-'));
    closers.defer(() => rm(folder, { recursive: true }));
    const loop = await drawLoop({ folder, name: 'card', hueDeg: 40, size: '320x180', bitrateKbps: 1_000 });
    const cameras = Array.from({ length: 8 }, (_, index) => `al-000${index + 1}`);
    const gateway = await startKillableGateway({ loops: Object.fromEntries(cameras.map((id) => [id, loop])), under: machine.under });
    closers.defer(() => gateway.kill());
    const asked = cameras.map((cameraId) => ({ cameraId, quality: 'main' as const, windowId: WindowId.parse('w1') }));
    const rights = await Promise.all(asked.map(async (each) => await gateway.media.openView(each)));
    const granted = rights.flatMap((right) => (right.ok ? [right.value] : []));
    const window = await openPushWindow({ url: granted[0]?.pushUrl ?? '', window: 'w1' });
    closers.defer(() => window.close());
    for (const [index, { token }] of granted.entries()) window.tell({ type: 'open', channel: index + 1, token });
    const ofChannel = (channel: number) => window.received.filter((whole) => whole.channel === channel);
    const channels = cameras.map((_, index) => index + 1);
    await until(() => channels.every((channel) => ofChannel(channel).length > 20));
    tellSuffered('a gateway');
    for (const channel of channels) {
      for (const run of runsOf(window, channel)) {
        expect((await decodedPictures(Buffer.concat(run.map(({ bytes }) => bytes)))).complaints).toBe('');
        const fragments = run.filter(({ isInit }) => !isInit);
        const jumps = fragments.filter((each, at) => {
          const before = fragments[at - 1];
          return before !== undefined && !each.isAfterHole && Math.abs(before.mediaTime + before.durationS - each.mediaTime) > 0.05;
        });
        expect(jumps).toEqual([]);
      }
    }
  },
  600_000,
);

import { afterAll, beforeAll, expect, test } from 'vitest';
import { routes } from '#contract/bus/index.ts';
import type { LinkTransport } from '#contract/link/index.ts';
import { countyFeed } from '#contract/record/index.ts';
import type { CameraId } from '#contract/values/index.ts';
import { createSocketTransport } from '#main/link/index.ts';
import { machineClock, machineTimers, sha256 } from '#main/machine/index.ts';
import { type AttackedPlatform, openAttackedPlatform } from '../../builders/attackedPlatform.ts';
import { killableCounty } from '../../builders/killablePlatform.ts';
import { createDeskDisk, type LinkDesk, openLinkDesk } from '../../builders/linkDesk.ts';
import { watchStandstills } from '../../fakes/standstills.ts';
import { until } from '../../fakes/until.ts';

const count = 500;
const feed = countyFeed(killableCounty);

let platform: AttackedPlatform;
const desks: LinkDesk[] = [];
/** When the desks tried to connect, all of them together. */
const attempts: number[] = [];
beforeAll(async () => {
  platform = await openAttackedPlatform();
});
afterAll(async () => {
  for (const { link } of desks) link.close();
  await platform.remove();
});

function watched(inner: LinkTransport): LinkTransport {
  return {
    connect: (request) => {
      attempts.push(Date.now());
      return inner.connect(request);
    },
  };
}

async function openDesk(): Promise<void> {
  const transport = watched(createSocketTransport({ platformUrl: platform.url }));
  const place = { transport, clock: machineClock, timers: machineTimers, randomness: Math.random, sha256 };
  desks.push(await openLinkDesk({ place, handshake: await platform.enrol(), disk: createDeskDisk() }));
}

const isLive = ({ status, feeds }: LinkDesk) => status().kind === 'live' && feeds.has(feed);

/** The worst wait of somebody who asks how the platform is, again and again, until it is over. Unit: ms. */
async function worstHealthUntil(isOver: () => boolean): Promise<number> {
  let worst = 0;
  while (!isOver()) {
    const askedAtMs = performance.now();
    await (await fetch(`${platform.url}${routes.health}`)).arrayBuffer();
    worst = Math.max(worst, performance.now() - askedAtMs);
  }
  return worst;
}

/** The greatest share of attempts that fell into one tenth of a second; `isCounted`: not those that had to wait for this very process. */
function greatestShare(times: readonly number[], isCounted: (atMs: number) => boolean): number {
  const perTenth = new Map<number, number>();
  for (const time of times.filter(isCounted)) perTenth.set(Math.floor(time / 100), (perTenth.get(Math.floor(time / 100)) ?? 0) + 1);
  return Math.max(0, ...perTenth.values()) / times.length;
}

test(`${count} desks that lose the platform together are all back, each once, spread over time, and the platform answers meanwhile`, async () => {
  for (let opened = 0; opened < count; opened += 50) await Promise.all(Array.from({ length: 50 }, openDesk));
  await until(() => desks.every(isLive));
  const before = platform.memoryMib();
  await platform.kill();
  await until(() => desks.every(({ status }) => status().kind !== 'live'));
  // So that the stampede is one: most desks have failed twice by then and wait together.
  await until(() => attempts.length >= 3 * count);
  attempts.splice(0);
  // All the desks live here, and are busy enough by themselves: a second of nothing is the machine's.
  using stood = watchStandstills({ fromMs: 1_000, catchesUpMs: 200 });
  await platform.start();
  const worst = await worstHealthUntil(() => desks.every(isLive));

  const person = await platform.signIn();
  const [first] = desks;
  first?.link.attach(person);
  await first?.ask(person, { type: 'cameras.reportFault', cameraId: 'no-c1' as CameraId });
  await until(() => desks.every(({ feeds }) => (feeds.get(feed)?.applied.length ?? 0) > 0));
  const kinds = new Set(desks.map(({ status }) => status().kind));
  const after = platform.memoryMib();
  await platform.kill();
  const { said } = await platform.process().ended;
  const connections = [...said.matchAll(/"connections":(\d+),"msg":"a desk is connected"/g)].map(([, number]) => Number(number));
  // One fact came afterwards, and every desk was told it once.
  expect([kinds, desks.map(({ feeds }) => feeds.get(feed)?.applied.length)]).toEqual([new Set(['live']), desks.map(() => 1)]);
  expect([connections.length, Math.max(...connections)]).toEqual([count, count]);
  const share = greatestShare(attempts, (atMs) => !stood.wasNear(atMs));
  process.stdout.write(
    `${attempts.length} attempts of ${count} desks, at most ${Math.round(share * 100)} % in 100 ms; slowest health answer ${Math.round(worst)} ms\n`,
  );
  expect(share).toBeLessThan(0.5);
  expect(attempts.length).toBeLessThan(5 * count);
  expect(worst).toBeLessThan(10_000);
  expect(after).toBeLessThan(before + 500);
});

import { afterEach, expect, test } from 'vitest';
import type { AttachedPerson } from '#contract/link/index.ts';
import { chainHash, countyFeed, type Fact, type FeedFact } from '#contract/record/index.ts';

import type { CameraId, CommandId } from '#contract/values/index.ts';
import { createSocketTransport } from '#main/link/index.ts';
import { machineClock, machineTimers, sha256 } from '#main/machine/index.ts';
import { type BreakableTransport, breakable } from '../builders/breakableTransport.ts';
import { type KillablePlatform, killableCounty, openKillablePlatform } from '../builders/killablePlatform.ts';
import { createDeskDisk, type LinkDesk, openLinkDesk } from '../builders/linkDesk.ts';
import { until } from '../fakes/until.ts';

/** `npm run test:long` runs the figures of protocol.md; `npm test` the same thing smaller. */
const isLong = process.env['COMMANDWALL_LONG'] === '1';
const size = isLong ? { facts: 10_000, cuts: 1_000, kills: 10 } : { facts: 1_000, cuts: 60, kills: 3 };
const commanders = 4;
/** So few commands wait at a desk that none is a minute old before it is sent. */
const waitingAtMost = 20;
const feed = countyFeed(killableCounty);

type TestDesk = { readonly desk: LinkDesk; readonly cut: BreakableTransport['cut']; readonly asked: CommandId[] };

const desks: TestDesk[] = [];
let platform: KillablePlatform | null = null;
afterEach(async () => {
  for (const { desk } of desks.splice(0)) desk.link.close();
  await platform?.remove();
});

async function openDesk(on: KillablePlatform): Promise<TestDesk> {
  const { transport, cut } = breakable(createSocketTransport({ platformUrl: on.url }));
  const place = { transport, clock: machineClock, timers: machineTimers, randomness: Math.random, sha256 };
  const desk = await openLinkDesk({ place, handshake: await on.enrol(), disk: createDeskDisk() });
  const opened = { desk, cut, asked: [] };
  desks.push(opened);
  await until(() => desk.status().kind === 'live' && desk.feeds.has(feed));
  return opened;
}

/** Reports and clears the fault of one camera in turn: every command is one fact. */
async function command({ commander, person, count }: { commander: TestDesk; person: AttachedPerson; count: number }): Promise<void> {
  const { desk, asked } = commander;
  desk.link.attach(person);
  const cameraId = `no-c${desks.indexOf(commander)}` as CameraId;
  while (asked.length < count) {
    await until(() => asked.length - desk.settled.length < waitingAtMost);
    const type = asked.length % 2 === 0 ? 'cameras.reportFault' : 'cameras.clearFault';
    asked.push(await desk.ask(person, { type, cameraId }));
  }
  await until(() => desk.settled.length === count);
}

const settledSoFar = () => desks.reduce((sum, { desk }) => sum + desk.settled.length, 0);

/** Breaks the desks' sockets one after the other and kills the server, spread evenly over the facts. */
async function disturb(on: KillablePlatform): Promise<{ cuts: number; kills: number }> {
  let [cuts, kills] = [0, 0];
  while (cuts < size.cuts || kills < size.kills) {
    const [nextCut, nextKill] = [(cuts + 1) / (size.cuts + 1), (kills + 1) / (size.kills + 1)];
    await until(() => settledSoFar() / size.facts >= Math.min(nextCut, nextKill));
    if (nextKill <= nextCut) {
      await on.kill();
      await on.start();
      kills += 1;
    } else {
      const { desk, cut } = desks[cuts % desks.length]!;
      await until(() => desk.status().kind === 'live');
      cut();
      cuts += 1;
    }
  }
  return { cuts, kills };
}

/** The place of every fact as the desk computes it from what it applied. */
function hashesOf(applied: readonly Fact[], { seq, hash }: FeedFact): readonly string[] {
  let prevHash = hash;
  return applied.map((fact, index) => (prevHash = chainHash({ prevHash, seq: seq + index + 1, fact, sha256 })));
}

test(`${size.cuts} cut sockets and ${size.kills} killed servers during ${size.facts} facts: nothing is lost, nothing is applied twice`, {
  timeout: isLong ? 3_600_000 : 180_000,
}, async () => {
  platform = await openKillablePlatform({ cameras: commanders });
  for (let index = 0; index < commanders + 1; index += 1) await openDesk(platform);
  const on = platform;
  const person = await on.signIn();
  const asking = desks.slice(0, commanders).map((commander) => command({ commander, person, count: size.facts / commanders }));
  const [disturbed] = await Promise.all([disturb(on), ...asking]);
  await until(() => desks.every(({ desk }) => desk.feeds.get(feed)?.applied.length === size.facts));
  const positions = desks.map(({ desk }) => desk.link.positions().find((position) => position.feed === feed));
  await on.kill();
  const recorded = await on.recorded();
  const founded = await on.founded();
  const onPlatform = recorded.map(({ hash }) => hash);
  const ids = recorded.map(({ fact }) => fact.commandId);

  expect(disturbed).toEqual({ cuts: size.cuts, kills: size.kills });
  // Every command that was asked has one effect and one reply.
  const asked = desks.flatMap((desk) => desk.asked);
  expect([ids.length, new Set(ids)]).toEqual([asked.length, new Set<unknown>(asked)]);
  for (const { desk, asked: own } of desks) expect(desk.settled).toEqual(own.map((commandId) => ({ commandId, refusal: null })));
  // Every desk, also the one that only looked on, applied the same facts at the same places.
  for (const [index, { desk }] of desks.entries()) {
    expect(hashesOf(desk.feeds.get(feed)!.applied, founded)).toEqual(onPlatform);
    expect(positions[index]).toMatchObject({ seq: founded.seq + size.facts, hash: onPlatform.at(-1) });
  }
});

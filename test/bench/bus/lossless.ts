import type { AttachedPerson } from '#contract/link/index.ts';
import type { CameraId, CommandId } from '#contract/values/index.ts';
import { createSocketTransport } from '#main/link/index.ts';
import { machineClock, machineTimers, sha256 } from '#main/machine/index.ts';
import { breakable } from '../../builders/breakableTransport.ts';
import { type KillablePlatform, openKillablePlatform } from '../../builders/killablePlatform.ts';
import { createDeskDisk, openLinkDesk } from '../../builders/linkDesk.ts';
import { until } from '../../fakes/until.ts';
import { feed } from './sides.ts';

export type LosslessSize = { readonly facts: number; readonly cuts: number; readonly kills: number };

/** Desks that command, and one more that only looks on. */
const commanders = 4;
/** So few commands wait at a desk that none is a minute old before it is sent. */
const waitingAtMost = 20;

type BenchDesk = Awaited<ReturnType<typeof openDesk>>;

/**
 * Facts while sockets are cut and the server is killed (as test/integration/durability.test.ts asserts it): how many that were asked for are not
 * on the record or not at a desk, and how many are there twice. A command that was refused has no fact and is counted apart.
 */
export async function measureLossless({ facts, cuts, kills }: LosslessSize) {
  const platform = await openKillablePlatform({ cameras: commanders });
  const desks: BenchDesk[] = [];
  try {
    while (desks.length < commanders + 1) desks.push(await openDesk(platform));
    const person = await platform.signIn();
    const startedAtMs = performance.now();
    const asking = desks.slice(0, commanders).map((desk, index) => command({ desk, index, person, count: facts / commanders }));
    await Promise.all([disturb({ platform, desks, size: { facts, cuts, kills } }), ...asking]);
    const refused = desks.flatMap(({ desk }) => desk.settled.filter(({ refusal }) => refusal !== null)).length;
    await until(() => desks.every(({ desk }) => (desk.link.positions().find((place) => place.feed === feed)?.seq ?? 0) >= facts - refused));
    const ms = Math.round(performance.now() - startedAtMs);
    await platform.kill();
    const recorded = (await platform.recorded()).map(({ fact }) => fact.commandId ?? '');
    const applied = desks.map(({ desk }) => desk.feeds.get(feed)?.applied.map(({ commandId }) => commandId ?? '') ?? []);
    const asked = desks.flatMap((desk) => desk.asked as readonly string[]);
    const lists = [recorded, ...applied];
    return {
      ...{ facts, cuts, kills, desks: desks.length, refused, ms },
      lost: lists.reduce((sum, list) => sum + missing({ of: asked, in: list }), 0) - refused * lists.length,
      doubled: lists.reduce((sum, list) => sum + list.length - new Set(list).size, 0),
    };
  } finally {
    for (const { desk } of desks) desk.link.close();
    await platform.remove();
  }
}

function missing({ of, in: list }: { of: readonly string[]; in: readonly string[] }): number {
  const there = new Set(list);
  return of.filter((id) => !there.has(id)).length;
}

async function openDesk(platform: KillablePlatform) {
  const { transport, cut } = breakable(createSocketTransport({ platformUrl: platform.url }));
  const place = { transport, clock: machineClock, timers: machineTimers, randomness: Math.random, sha256 };
  const desk = await openLinkDesk({ place, handshake: await platform.enrol(), disk: createDeskDisk() });
  await until(() => desk.status().kind === 'live' && desk.feeds.has(feed));
  return { desk, cut, asked: [] as CommandId[] };
}

/** Reports and clears the fault of one camera in turn: every command is one fact. */
async function command({ desk, index, person, count }: { desk: BenchDesk; index: number; person: AttachedPerson; count: number }) {
  desk.desk.link.attach(person);
  const cameraId = `no-c${index}` as CameraId;
  while (desk.asked.length < count) {
    await until(() => desk.asked.length - desk.desk.settled.length < waitingAtMost);
    const type = desk.asked.length % 2 === 0 ? 'cameras.reportFault' : 'cameras.clearFault';
    desk.asked.push(await desk.desk.ask(person, { type, cameraId }));
  }
  await until(() => desk.desk.settled.length === count);
}

/** Breaks the desks' sockets one after the other and kills the server, spread evenly over the facts. */
async function disturb({ platform, desks, size }: { platform: KillablePlatform; desks: readonly BenchDesk[]; size: LosslessSize }) {
  const settled = () => desks.reduce((sum, { desk }) => sum + desk.settled.length, 0) / size.facts;
  for (let [cuts, kills] = [0, 0]; cuts < size.cuts || kills < size.kills; ) {
    const [nextCut, nextKill] = [(cuts + 1) / (size.cuts + 1), (kills + 1) / (size.kills + 1)];
    await until(() => settled() >= Math.min(nextCut, nextKill));
    if (nextKill <= nextCut) {
      await platform.kill();
      await platform.start();
      kills += 1;
      continue;
    }
    const { desk, cut } = desks[cuts % desks.length]!;
    await until(() => desk.status().kind === 'live');
    cut();
    cuts += 1;
  }
}

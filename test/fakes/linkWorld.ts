import type { Handshake } from '#contract/bus/index.ts';
import type { AttachedPerson, CommandSettled } from '#contract/link/index.ts';
import { countyFeed, deskFeed, type Fact, type FeedName } from '#contract/record/index.ts';
import type { CameraId, CountyId, DeskId, PersonId } from '#contract/values/index.ts';
import { createDeskDisk, type DeskDisk, type HeldFeed, type LinkDesk, openLinkDesk } from '../builders/linkDesk.ts';
import { FakePlatform, type Mischief, sha256 } from './fakePlatform.ts';
import { createFakeTime } from './fakeTime.ts';

/** Something that happens to two desks and their platform. */
export type Happening =
  | { readonly kind: 'ask'; readonly desk: 0 | 1; readonly type: 'cameras.reportFault' | 'cameras.clearFault'; readonly camera: number }
  | { readonly kind: 'wall'; readonly desk: 0 | 1 }
  | { readonly kind: 'cut' }
  | { readonly kind: 'kill'; readonly desk: 0 | 1 }
  | { readonly kind: 'away'; readonly forMs: number }
  | { readonly kind: 'backup'; readonly without: number }
  | { readonly kind: 'wait'; readonly ms: number };

const countyId = 'testland' as CountyId;

type Order = { readonly commandId: string; readonly cameraId: CameraId; readonly personId: PersonId; readonly seen: number | null };

/** What one desk must have in the end, and what it has: they must be equal. */
export type Reckoning = { readonly feed: FeedName; readonly has: readonly Fact[]; readonly should: readonly Fact[] };

/** Two desks on the twin, in a world where anything may happen, and the accounts afterwards. */
export async function openLinkWorld({ mischief }: { mischief: Mischief }) {
  const time = createFakeTime();
  let isMischievous = true;
  const platform = new FakePlatform({ ...time, mischief: () => (isMischievous ? mischief() : 'arrives') });
  const place = { ...time, transport: platform.transport, randomness: () => 0.5, sha256 };
  const settled: CommandSettled[] = [];
  const asked: string[] = [];
  const wordless: { readonly why: string; readonly done: string | null | undefined }[] = [];
  /** Every command that a desk was asked for, in order. `seen` = the camera's version that the desk had then; null = it had none. */
  const orders: Order[] = [];
  const needless = new Set<string>();
  const said = new Set<string>();
  const seats = await Promise.all(
    [0, 1].map(async (index) => {
      const handshake: Handshake = { protocolVersion: 1, deskId: `desk-${index}` as DeskId, deviceKey: 'k'.repeat(40) };
      const personId = `p-${index}` as PersonId;
      const person: AttachedPerson = { personId, session: platform.signIn(personId) };
      const seat = { handshake, person, disk: createDeskDisk(), desk: null as LinkDesk | null };
      await start(seat);
      return seat;
    }),
  );

  await time.advance(100);

  async function start(seat: { handshake: Handshake; person: AttachedPerson; disk: DeskDisk; desk: LinkDesk | null }) {
    if (seat.desk !== null) settled.push(...seat.desk.settled);
    seat.desk = await openLinkDesk({ place, handshake: seat.handshake, disk: seat.disk });
    seat.desk.link.attach(seat.person);
  }

  async function happen(happening: Happening): Promise<void> {
    await happenOnce(happening);
    noteNeedless();
  }

  async function happenOnce(happening: Happening): Promise<void> {
    switch (happening.kind) {
      case 'ask': {
        const { desk, person } = seats[happening.desk]!;
        const { type, camera } = happening;
        const cameraId = `cam-${camera}` as CameraId;
        const county = desk!.feeds.get(countyFeed(countyId));
        const seen = county === undefined ? null : (county.state.cameras.get(cameraId)?.version ?? 0);
        const commandId = await desk!.ask(person, { type, cameraId });
        asked.push(commandId);
        orders.push({ commandId, cameraId, personId: person.personId, seen });
        return;
      }
      case 'wall': {
        const { desk, handshake } = seats[happening.desk]!;
        return desk!.clearTile({ handshake, countyId });
      }
      case 'cut':
        return platform.cut();
      case 'kill':
        seats[happening.desk]!.desk!.kill();
        return await start(seats[happening.desk]!);
      case 'away':
        platform.setReachable('away');
        await time.advance(happening.forMs);
        return platform.setReachable('reachable');
      case 'backup':
        return platform.restoreBackup({ without: happening.without });
      case 'wait':
        return await time.advance(happening.ms);
    }
  }

  /** Notes who is asked for his word because somebody changed the camera, though nobody did since he looked. */
  function noteNeedless(): void {
    for (const { desk } of seats) {
      for (const { commandId, why } of desk!.link.waiting().own)
        if (why === 'movedOn' && !isChangedByOthers(commandId)) needless.add(commandId);
    }
  }

  function isChangedByOthers(commandId: string): boolean {
    const order = orders.find((one) => one.commandId === commandId)!;
    // A desk that knew no version then, of this command or of one before it, cannot reckon: it asks rather than guesses.
    const before = orders.filter(({ cameraId, personId }) => cameraId === order.cameraId && personId === order.personId);
    if (before.slice(0, before.indexOf(order) + 1).some(({ seen }) => seen === null)) return true;
    return platform.factsOf(countyFeed(countyId)).some(({ subject, actor, payload }) => {
      const { version } = JSON.parse(payload) as { version: number };
      return subject === `camera/${order.cameraId}` && actor !== `person/${order.personId}` && version > order.seen!;
    });
  }

  /** Commands that were done though somebody else had changed their camera after their person looked, and he did not say: do it all the same. */
  function blind(): readonly string[] {
    const facts = platform.factsOf(countyFeed(countyId)).map((fact) => ({ ...fact, ...(JSON.parse(fact.payload) as { version: number }) }));
    return orders
      .filter(({ commandId, cameraId, personId, seen }) => {
        const own = facts.find((fact) => fact.commandId === commandId);
        const isOthers = ({ subject, actor }: Fact) => subject === `camera/${cameraId}` && actor !== `person/${personId}`;
        return (
          own !== undefined &&
          !said.has(commandId) &&
          facts.some((fact) => isOthers(fact) && fact.version > (seen ?? Infinity) && fact.version < own.version)
        );
      })
      .map(({ commandId }) => commandId);
  }

  /** Commands that ran before an earlier one of the same person about the same camera. */
  function overtakers(): readonly string[] {
    const ran = orders.map((order) => ({ ...order, place: platform.ran.indexOf(order.commandId) })).filter(({ place }) => place >= 0);
    return ran
      .filter((late, index) =>
        ran
          .slice(0, index)
          .some((early) => early.personId === late.personId && early.cameraId === late.cameraId && early.place > late.place),
      )
      .map(({ commandId }) => commandId);
  }

  /** Lets everything come to rest: longest back-off, two rounds of heads, and whatever they pull; then everybody gives his word. */
  async function rest(): Promise<void> {
    noteNeedless();
    isMischievous = false;
    await time.advance(60_000);
    noteNeedless();
    for (const { desk, person } of seats) {
      for (const [index, { commandId, why }] of desk!.link.waiting().own.entries()) {
        said.add(commandId);
        wordless.push({ why, done: platform.outcomeOf(commandId) });
        await desk!.link.settleWaiting({ commandId, personId: person.personId, word: index % 2 === 0 ? 'send' : 'discard' });
      }
    }
    await time.advance(5_000);
    // His word lets the first of several about one camera go; the next ones may have been overtaken by it.
    for (const { desk, person } of seats) {
      for (const { commandId } of desk!.link.waiting().own) {
        await desk!.link.settleWaiting({ commandId, personId: person.personId, word: 'discard' });
      }
    }
    await time.advance(5_000);
  }

  function reckon(): readonly Reckoning[] {
    return seats.flatMap(({ desk, handshake }) =>
      [countyFeed(countyId), deskFeed(handshake.deskId)].map((feed) => {
        const held: HeldFeed | undefined = desk!.feeds.get(feed);
        const facts = platform.factsOf(feed);
        return { feed, has: held?.applied ?? [], should: facts.slice(held?.fromSeq ?? 0) };
      }),
    );
  }

  return {
    happen,
    rest,
    reckon,
    platform,
    states: () => seats.map(({ desk }) => desk!.feeds.get(countyFeed(countyId))?.state.cameras),
    /** What each desk would show of its line. */
    continuities: () => seats.map(({ desk }) => desk!.link.continuity()),
    statuses: () => seats.map(({ desk }) => desk!.status()),
    /** Wall facts of each desk: made by it, settled as it believes, held by the platform. */
    shipped: () =>
      seats.map(({ disk: { wall }, handshake }) => [
        wall.facts.length,
        wall.settledSeq,
        platform.factsOf(deskFeed(handshake.deskId)).length,
      ]),
    asked,
    overtakers,
    blind,
    /** Commands that were kept for a word on account of a change that nobody else made. */
    needless: () => [...needless],
    /** What waited for a word when everything was at rest, and what the platform had done of it. */
    wordless,
    /** Each settled command: what its desk was told, and what the platform really did. */
    settled: () =>
      [...settled, ...seats.flatMap(({ desk }) => desk!.settled)].map(({ commandId, refusal }) => ({
        commandId,
        told: refusal?.code ?? null,
        done: platform.outcomeOf(commandId),
      })),
  };
}

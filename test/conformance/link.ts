import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Handshake } from '#contract/bus/index.ts';
import type { AttachedPerson } from '#contract/link/index.ts';
import { countyFeed, deskFeed } from '#contract/record/index.ts';
import type { CameraId, CountyId } from '#contract/values/index.ts';
import { createDeskDisk, type DeskDisk, type LinkDesk, type LinkPlace, openLinkDesk } from '../builders/linkDesk.ts';

/** A platform (the real one or a twin) with desks that may be enrolled and people who may log in. */
export type LinkGround = {
  readonly place: LinkPlace;
  readonly countyId: CountyId;
  /** At least two cameras of the county whose faults may be reported. */
  readonly cameras: readonly CameraId[];
  enrol(): Promise<Handshake>;
  signIn(who: 'first' | 'second'): Promise<AttachedPerson>;
  signOut(person: AttachedPerson): Promise<void>;
  /** Breaks every socket that is open now. */
  cut(): void;
  /** Lets time pass until it is so; only the runner's limit ends it. */
  until(isSo: () => boolean): Promise<void>;
  close(): Promise<void>;
};

type OpenDesk = { readonly desk: LinkDesk; readonly handshake: Handshake; readonly disk: DeskDisk };

/** What a desk relies on, whatever carries its messages and whoever answers them. */
export function describeLink(name: string, openGround: () => Promise<LinkGround>): void {
  describe(`a link to ${name}`, () => {
    let ground: LinkGround;
    const desks: LinkDesk[] = [];
    beforeEach(async () => {
      ground = await openGround();
    });
    afterEach(async () => {
      for (const desk of desks.splice(0)) desk.link.close();
      await ground.close();
    });

    async function open(earlier?: OpenDesk): Promise<OpenDesk> {
      const handshake = earlier?.handshake ?? (await ground.enrol());
      const disk = earlier?.disk ?? createDeskDisk();
      const desk = await openLinkDesk({ place: ground.place, handshake, disk });
      desks.push(desk);
      await ground.until(() => desk.status().kind === 'live' && desk.feeds.size >= 2);
      return { desk, handshake, disk };
    }

    const county = (desk: LinkDesk) => desk.feeds.get(countyFeed(ground.countyId));
    const conditions = (desk: LinkDesk) =>
      [...(county(desk)?.state.cameras.values() ?? [])].map(({ cameraId, fault }) => [cameraId, fault?.kind]);
    const report = (cameraId: CameraId | undefined) => ({ type: 'cameras.reportFault', cameraId: cameraId! }) as const;
    const positions = ({ link }: LinkDesk) => link.positions().filter(({ feed }) => feed === countyFeed(ground.countyId));

    test('what one desk asks for, every desk folds alike', async () => {
      const [first, second] = [await open(), await open()];
      const person = await ground.signIn('first');
      first.desk.link.attach(person);
      for (const cameraId of ground.cameras.slice(0, 2)) await first.desk.ask(person, report(cameraId));
      await ground.until(() => conditions(first.desk).length === 2 && conditions(second.desk).length === 2);
      expect([conditions(second.desk), positions(second.desk)]).toEqual([conditions(first.desk), positions(first.desk)]);
    });

    test('a desk that was away gets what it missed, once', async () => {
      const [first, second] = [await open(), await open()];
      const person = await ground.signIn('first');
      first.desk.link.attach(person);
      await first.desk.ask(person, report(ground.cameras[0]));
      await ground.until(() => conditions(second.desk).length === 1);
      second.desk.link.close();
      await first.desk.ask(person, report(ground.cameras[1]));
      await ground.until(() => conditions(first.desk).length === 2);
      const again = await open(second);
      await ground.until(() => conditions(again.desk).length === 2);
      expect([conditions(again.desk), positions(again.desk)]).toEqual([conditions(first.desk), positions(first.desk)]);
    });

    test('commands survive a broken socket: each runs once and is replied to once, a refusal too', async () => {
      const { desk } = await open();
      const person = await ground.signIn('first');
      const counted = () => county(desk)!.fromSeq + county(desk)!.applied.length;
      const before = counted();
      desk.link.attach(person);
      const asked = [await desk.ask(person, report(ground.cameras[0]))];
      ground.cut();
      asked.push(await desk.ask(person, report(ground.cameras[0])), await desk.ask(person, report(ground.cameras[1])));
      await ground.until(() => desk.settled.length === 3 && conditions(desk).length === 2 && desk.status().waiting === 0);
      expect({
        settled: desk.settled,
        waiting: desk.status().waiting,
        applied: counted() - before,
      }).toEqual({
        settled: asked.map((commandId, index) => ({
          commandId,
          refusal: index === 1 ? expect.objectContaining({ code: 'cameras.faultAlreadyReported' }) : null,
        })),
        waiting: 0,
        applied: 2,
      });
    });

    test('a command waits for its own person, also when the desk is started again meanwhile', async () => {
      const before = await open();
      const [first, second] = [await ground.signIn('first'), await ground.signIn('second')];
      const asked = await before.desk.ask(first, report(ground.cameras[0]));
      before.desk.link.attach(second);
      const other = await before.desk.ask(second, report(ground.cameras[1]));
      await ground.until(() => before.desk.settled.length === 1);
      const settledBefore = before.desk.settled.map(({ commandId }) => commandId);
      before.desk.kill();
      const after = await open(before);
      after.desk.link.attach(first);
      await ground.until(() => after.desk.settled.length === 1);
      expect([settledBefore, after.desk.settled]).toEqual([[other], [{ commandId: asked, refusal: null }]]);
    });

    test('the facts of a desk’s own walls arrive in order, each once, however often the socket breaks', async () => {
      const { desk, handshake, disk } = await open();
      const own = deskFeed(handshake.deskId);
      for (let count = 0; count < 5; count += 1) {
        desk.clearTile({ handshake, countyId: ground.countyId });
        if (count === 2) ground.cut();
      }
      await ground.until(() => disk.wall.settledSeq === 5 && desk.status().waiting === 0);
      const witness = await open({ desk, handshake, disk: createDeskDisk() });
      await ground.until(() => witness.desk.link.positions().some(({ feed, seq }) => feed === own && seq === 5));
      expect(witness.desk.feeds.get(own)?.state.wall.version).toBe(5);
    });

    test('an ended session is told, and the workstation stays connected', async () => {
      const { desk } = await open();
      const person = await ground.signIn('first');
      desk.link.attach(person);
      await desk.ask(person, report(ground.cameras[0]));
      await ground.until(() => desk.settled.length === 1);
      await ground.signOut(person);
      await ground.until(() => desk.endedSessions.length === 1);
      expect([desk.endedSessions, desk.status().kind]).toEqual([['access.sessionEnded'], 'live']);
    });

    test('a question is answered or refused, never recorded; the clock is measured', async () => {
      const { desk, handshake } = await open();
      const question = { cameraId: 'no-such-camera' as CameraId, quality: 'sub', purpose: { kind: 'patrol', reference: null } } as const;
      const answer = await askInTime({
        ground,
        ask: () => desk.link.ask({ type: 'cameras.openView', ...question, tile: 'DP-1/0', windowId: handshake.deskId as never }),
      });
      await ground.until(() => desk.offsets.length === 1);
      // One clock for both: off by half of what the answer took at most, which is seconds where the machine stood still.
      expect([answer, Math.abs(desk.offsets[0]!) < 10_000, county(desk)?.applied]).toEqual([
        { ok: false, refusal: expect.anything() },
        true,
        [],
      ]);
    });
  });
}

/** On a twin, time stands still until somebody waits. */
async function askInTime({ ground, ask }: { ground: LinkGround; ask: () => Promise<unknown> }): Promise<unknown> {
  let answer: unknown;
  void ask().then((given) => {
    answer = given;
  });
  await ground.until(() => answer !== undefined);
  return answer;
}

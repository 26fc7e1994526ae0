import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AttachedPerson } from '#contract/link/index.ts';
import { countyFeed } from '#contract/record/index.ts';
import type { CameraId } from '#contract/values/index.ts';
import { createSocketTransport } from '#main/link/index.ts';
import { machineClock, machineTimers, sha256 } from '#main/machine/index.ts';
import { type BadLine, canMakeLines, openBadLine, type Weather } from '../../builders/badLine.ts';
import { type KillablePlatform, killableCounty, openKillablePlatform } from '../../builders/killablePlatform.ts';
import { createDeskDisk, type LinkDesk, openLinkDesk } from '../../builders/linkDesk.ts';
import { until } from '../../fakes/until.ts';

const isLong = process.env['COMMANDWALL_LONG'] === '1';
const canTry = canMakeLines();
const feed = countyFeed(killableCounty);

type Bad = {
  readonly name: string;
  readonly weather: Weather;
  readonly forMs: number | 'until settled';
  readonly isNoticed: boolean;
  readonly commands?: number;
};

/** `isNoticed`: it lasts long enough that the desk must say that it has no line. A cut of 5 s is over before silence is one (6 s). */
const bads: readonly Bad[] = [
  { name: 'cut for 5 s', weather: { kind: 'cut' }, forMs: 5_000, isNoticed: false },
  // The long form has the ten minutes; after ten seconds a desk has done everything that it does in the rest of them.
  { name: isLong ? 'cut for 10 min' : 'cut for 10 s', weather: { kind: 'cut' }, forMs: isLong ? 600_000 : 10_000, isNoticed: true },
  { name: 'that loses what the desk says', weather: { kind: 'oneWay', lost: 'toPlatform' }, forMs: 14_000, isNoticed: true },
  { name: 'that loses what the desk is told', weather: { kind: 'oneWay', lost: 'toDesk' }, forMs: 10_000, isNoticed: true },
  { name: 'that loses 30 % of all packets', weather: { kind: 'loss', percent: 30 }, forMs: 'until settled', isNoticed: false },
  { name: 'of 64 kbit/s', weather: { kind: 'slow', kbitPerS: 64 }, forMs: 'until settled', isNoticed: false, commands: 80 },
];
/** How many each of the two asks while the line is bad. A slow line is only tried by more than fits into its first second. */
const usualCommands = 6;

type Person = { readonly desk: LinkDesk; readonly person: AttachedPerson; readonly cameraId: CameraId; asked: number };

let platform: KillablePlatform | null = null;
let line: BadLine;
let far: Person;
let near: Person;

async function openPerson({ host, cameraId, on }: { host: string; cameraId: string; on: KillablePlatform }): Promise<Person> {
  const transport = createSocketTransport({ platformUrl: `http://${host}:${new URL(on.url).port}` });
  const place = { transport, clock: machineClock, timers: machineTimers, randomness: Math.random, sha256 };
  const [handshake, person] = [await on.enrol(), await on.signIn()];
  const desk = await openLinkDesk({ place, handshake, disk: createDeskDisk() });
  desk.link.attach(person);
  return { desk, person, cameraId: cameraId as CameraId, asked: 0 };
}

/** Reports and clears the fault of one's own camera in turn: every command is one fact. */
async function command(who: Person, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    const type = who.asked % 2 === 0 ? 'cameras.reportFault' : 'cameras.clearFault';
    who.asked += 1;
    await who.desk.ask(who.person, { type, cameraId: who.cameraId });
  }
}

const isSettled = ({ desk, asked }: Person) => desk.settled.length === asked;
/** What waited too long goes on its person's word. */
const sayTheWord = ({ desk, person: { personId } }: Person) => {
  for (const { commandId, why } of desk.link.waiting().own)
    if (why === 'tooOld') void desk.link.settleWaiting({ commandId, personId, word: 'send' });
};
const appliedBy = ({ desk }: Person) => desk.feeds.get(feed)?.applied.length ?? 0;

beforeAll(async () => {
  if (!canTry) return;
  const on = await openKillablePlatform({ cameras: 2 });
  platform = on;
  line = openBadLine();
  // Accounts and keys are made while it listens on this machine only; then it moves into a network of its own.
  const { good, bad } = line.platformHost;
  const open = [
    { host: bad, cameraId: 'no-c0', on },
    { host: good, cameraId: 'no-c1', on },
  ].map(openPerson);
  [far, near] = (await Promise.all(open)) as [Person, Person];
  await on.kill();
  await on.start({ under: line.under, args: ['--host', '0.0.0.0', '--plain-http'] });
  await until(() => [far, near].every(({ desk }) => desk.status().kind === 'live' && desk.feeds.has(feed)));
});
afterAll(async () => {
  for (const who of [far, near]) who?.desk.link.close();
  await platform?.remove();
  line?.remove();
});

test.skipIf(!canTry).each(bads)(
  'a line $name: nothing is lost, nothing comes twice, and the desk says how it stands',
  { timeout: 1_200_000 },
  async (bad) => {
    // In clear weather a command of the far desk goes through at once.
    await command(far, 1);
    await until(() => isSettled(far));

    line.become(bad.weather);
    const begunAtMs = Date.now();
    const { commands = usualCommands } = bad;
    await Promise.all([command(far, commands), command(near, commands)]);
    // Whoever has a good line is not disturbed.
    await until(() => isSettled(near));
    if (bad.isNoticed) {
      await until(() => far.desk.status().kind !== 'live');
      expect(far.desk.status()).toMatchObject({ kind: expect.stringMatching(/^(down|connecting)$/), code: null });
      expect(far.desk.status().waiting).toBeGreaterThan(0);
    }
    if (bad.forMs === 'until settled') await until(() => isSettled(far) && appliedBy(far) === far.asked + near.asked);
    else await until(() => Date.now() >= begunAtMs + Number(bad.forMs));
    expect(line.bitten()).toBeGreaterThan(0);
    line.become({ kind: 'clear' });

    await until(() => {
      sayTheWord(far);
      return isSettled(far) && [far, near].every((who) => appliedBy(who) === far.asked + near.asked && who.desk.status().kind === 'live');
    });
    await until(() => far.desk.status().missed === 0);
    const [place, otherPlace] = [far, near].map(({ desk }) => desk.link.positions().find((position) => position.feed === feed));
    expect(place).toEqual(otherPlace);
    expect(far.desk.settled.map(({ refusal }) => refusal)).toEqual(far.desk.settled.map(() => null));
    expect([far, near].map(({ desk }) => desk.status())).toMatchObject([
      { kind: 'live', waiting: 0, missed: 0 },
      { kind: 'live', waiting: 0, missed: 0 },
    ]);
  },
);

test.skipIf(!canTry)('after all of it the record has every command once, and both desks have the record', async () => {
  for (const { desk } of [far, near]) desk.link.close();
  await platform!.kill();
  const recorded = await platform!.recorded();
  const ids = recorded.map(({ fact }) => fact.commandId);
  const settled = [far, near].flatMap(({ desk }) => desk.settled.map(({ commandId }) => commandId));
  expect([ids.length, new Set(ids)]).toEqual([settled.length, new Set<unknown>(settled)]);
  for (const { desk } of [far, near]) expect(desk.feeds.get(feed)?.applied).toEqual(recorded.map(({ fact }) => fact));
});

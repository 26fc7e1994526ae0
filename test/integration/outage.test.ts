import { cameraOf } from '#contract/bus/index.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CameraId } from '#contract/values/index.ts';
import { type CabledDesk, type CabledRoom, openCabledDesk } from '../builders/cabledDesk.ts';
import { faultReport, openCountyDesk } from '../builders/openDesk.ts';

const blurred = { type: 'cameras.reportFault', cameraId: 'east-a' as CameraId, fault: 'blurred' } as const;
let workstation: CabledDesk;

beforeEach(async () => {
  workstation = await openCabledDesk();
});
afterEach(() => workstation.close());

/** Which of its person's commands wait, and why. */
const whys = ({ room }: CabledRoom) => room().waiting.own.map(({ command, why }) => [cameraOf(command), why]);

/** The duty officer reports a fault without a line to the platform, and the room is started again two minutes later. */
async function reportedWithoutALine() {
  const before = await workstation.openReady();
  await before.loseLine();
  const asked = await before.page().main.commandCamera(blurred);
  await before.until(() => whys(before).length === 1);
  expect([asked.ok, whys(before)]).toEqual([true, [['east-a', 'queued']]]);
  await before.app.close();
  workstation.aheadMs.desk = 120_000;
  const after = await workstation.openRoom({ demoLogin: null });
  return { after, commandId: before.room().waiting.own[0]!.commandId };
}

test('a command that could not be sent for a minute is shown and goes on its person’s word only', async () => {
  const { after, commandId } = await reportedWithoutALine();
  const forNobody = after.room().waiting;
  workstation.cable.plugIn();
  await after.until(() => after.room().link.kind === 'live');
  await after.logIn('leader');
  const byAnother = await after.page().main.settleWaiting({ commandId, word: 'send' });
  await after.page().main.logout({});
  await after.until(() => after.room().person === null);
  await after.logIn('duty');
  await after.until(() => whys(after).length === 1 && after.room().cameras.length === 0);
  expect([forNobody, byAnother, whys(after), after.wallRoom().waiting]).toEqual([
    { own: [], others: [{ name: expect.any(String), count: 1 }] },
    { ok: false, refusal: { code: 'link.notWaiting' } },
    [['east-a', 'tooOld']],
    { own: [], others: [] },
  ]);
  const word = await after.page().main.settleWaiting({ commandId, word: 'send' });
  await after.until(() => after.settled().length === 1 && after.room().cameras.length === 1 && after.room().waiting.own.length === 0);
  expect([word.ok, after.settled(), after.room().waiting.own, after.room().cameras[0]?.fault?.kind]).toEqual([
    true,
    ['done'],
    [],
    'blurred',
  ]);
});

test('a discarded one is told, never sent, and gone after the next start too', async () => {
  const { after, commandId } = await reportedWithoutALine();
  workstation.cable.plugIn();
  await after.until(() => after.room().link.kind === 'live');
  await after.logIn('duty');
  await after.until(() => whys(after).length === 1);
  await after.page().main.settleWaiting({ commandId, word: 'discard' });
  await after.until(() => after.settled().length === 1 && after.room().waiting.own.length === 0);
  await after.app.close();
  const again = await workstation.openReady();
  expect([after.settled(), again.room().waiting, again.room().cameras]).toEqual([['link.discarded'], { own: [], others: [] }, []]);
});

test('what was recorded while the cable was out comes afterwards, and the room says so: nothing missed since it was started', async () => {
  const room = await workstation.openReady();
  await room.loseLine();
  const { desk, session } = await openCountyDesk(workstation.platform.url);
  await desk.ask('command', faultReport({ session }));
  desk.close();
  workstation.cable.plugIn();
  await room.until(() => room.room().cameras.length === 1 && room.room().continuity.healed.some(({ feed }) => feed.startsWith('county/')));
  const { missed, from, feeds, unknownFacts, ...seen } = room.room().continuity;
  // Facts of the own wall may have been under way when the cable was pulled.
  const healed = seen.healed.filter(({ feed }) => !feed.startsWith('desk/'));
  expect({ missed, from, unknownFacts, healed: healed.map(({ feed, facts, by }) => ({ feed, facts, by })) }).toEqual({
    missed: 0,
    from: 'roomStart',
    unknownFacts: 0,
    healed: [{ feed: feeds.find(({ feed }) => feed.startsWith('county/'))?.feed, facts: 1, by: 'reconnect' }],
  });
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Drawing, DrawingCommand, type DrawingsState } from '#contract/map/index.ts';
import { shownDrawings } from '#renderer/map/drawings/shownDrawings.ts';
import { type CabledDesk, type CabledRoom, openCabledDesk } from '../builders/cabledDesk.ts';
import { openCountyDesk } from '../builders/openDesk.ts';

let workstation: CabledDesk;

beforeEach(async () => {
  workstation = await openCabledDesk();
});
afterEach(() => workstation.close());

const ask = async ({ page }: CabledRoom, command: DrawingCommand) => (await page().main.commandMap(command)).ok;

/** What the console's map shows at a moment of the window's clock, corrected as windows do it unless told otherwise. */
function looksOf({ room }: CabledRoom, { correctedMs = room().platformOffsetMs } = {}) {
  const drawings: DrawingsState = new Map((room().drawings ?? []).map((drawing: Drawing) => [drawing.id, drawing]));
  const nowMs = workstation.clock.nowMs() + correctedMs;
  const shown = shownDrawings({ drawings, waiting: room().waiting.own, draft: null, nowMs });
  return shown.map(({ id, look }) => [id.at(-1), look]);
}

const idOf = (last: number) => `01890000-0000-7000-8000-00000000000${last}`;
const draw = (last: number, { text = '集结点' as string | null, hours = 1 } = {}) =>
  DrawingCommand.parse({
    ...{ type: 'map.draw', id: idOf(last), regionId: 'east', hours },
    shape: { kind: 'text', points: [[108.7, 33.3]], text },
  });
const erase = (last: number) => DrawingCommand.parse({ type: 'map.eraseDrawing', id: idOf(last) });

/** Another workstation of the county that hears every fact. */
async function openWitness() {
  const { desk, session } = await openCountyDesk(workstation.platform.url);
  const { feeds } = (await desk.ask('attach', { session })) as { feeds: string[] };
  await desk.resume(feeds.map((feed) => ({ feed, position: null })) as never);
  let deskSeq = 0;
  return {
    ask: async (command: DrawingCommand) => {
      deskSeq += 1;
      const commandId = `01890000-0000-7000-9000-00000000000${deskSeq}`;
      return await desk.ask('command', { commandId, deskSeq, session, askedAtMs: Date.now(), command });
    },
    /** Each drawing fact of the county's feed, as often as it was told. Its line is another one: what was told before it is asked is there with the answer. */
    heard: async () => {
      await desk.ask('clock', {});
      return desk.told.facts.flatMap(({ feed, fact }) =>
        feed.startsWith('county/') && fact.type.startsWith('map.')
          ? [`${fact.type} ${(JSON.parse(fact.payload) as { id: string }).id.at(-1)}`]
          : [],
      );
    },
    [Symbol.dispose]: () => desk.close(),
  };
}

test('what is drawn while the line is down is dashed, outlives a restart of the desk, and is said once when the line is back; what is refused says why', async () => {
  using witness = await openWitness();
  const before = await workstation.openReady();
  await before.loseLine();
  // Only the platform looks whether words have any.
  expect([await ask(before, draw(1)), await ask(before, draw(2, { text: null })), await ask(before, draw(3))]).toEqual([true, true, true]);
  await before.until(() => before.room().waiting.own.length === 3);
  const dashed = looksOf(before);
  await before.app.close();
  const after = await workstation.openRoom({ demoLogin: 'duty' });
  const offline = after.room().waiting;
  workstation.cable.plugIn();
  await after.until(() => after.isReady() && after.settled().length === 3 && after.room().drawings?.length === 2);
  await after.until(() => after.room().waiting.own.length === 0);
  expect([dashed, offline, after.settled(), looksOf(after), after.room().waiting.own]).toEqual([
    ['1', '2', '3'].map((last) => [last, 'waiting']),
    { own: [], others: [{ name: expect.any(String), count: 3 }] },
    ['done', 'map.textMissing', 'done'],
    [
      ['1', 'standing'],
      ['3', 'standing'],
    ],
    [],
  ]);
  expect(await witness.heard()).toEqual(['map.drawn 1', 'map.drawn 3']);
});

test('what was drawn more than a minute ago goes on its author’s word, once', async () => {
  using witness = await openWitness();
  const before = await workstation.openReady();
  await before.loseLine();
  await ask(before, draw(1));
  await before.until(() => before.room().waiting.own.length === 1);
  await before.app.close();
  workstation.aheadMs.desk = 120_000;
  const after = await workstation.openRoom({ demoLogin: 'duty' });
  workstation.cable.plugIn();
  await after.until(() => after.isReady() && after.room().waiting.own.length === 1);
  expect([after.room().waiting.own.map(({ why }) => why), looksOf(after)]).toEqual([['tooOld'], [['1', 'waiting']]]);
  for (const { commandId } of after.room().waiting.own) await after.page().main.settleWaiting({ commandId, word: 'send' });
  await after.until(() => after.settled().length === 1 && after.room().drawings?.length === 1);
  expect([after.settled(), await witness.heard()]).toEqual([['done'], ['map.drawn 1']]);
});

test('a line that breaks between the asking and the answer draws once', async () => {
  using witness = await openWitness();
  const desk = await workstation.openReady();
  for (const last of [1, 2, 3, 4]) {
    await ask(desk, draw(last));
    await desk.loseLine();
    workstation.cable.plugIn();
    await desk.until(() => desk.isReady() && desk.settled().length === last);
  }
  await desk.until(() => desk.room().drawings?.length === 4);
  expect([desk.settled(), (await witness.heard()).toSorted()]).toEqual([
    ['done', 'done', 'done', 'done'],
    [1, 2, 3, 4].map((last) => `map.drawn ${last}`),
  ]);
});

test('one that another erased meanwhile is gone when the line is back, and erasing it too says that it is gone', async () => {
  using witness = await openWitness();
  const desk = await workstation.openReady();
  await ask(desk, draw(1));
  await desk.until(() => desk.room().drawings?.length === 1);
  await desk.loseLine();
  await witness.ask(erase(1));
  await ask(desk, erase(1));
  await desk.until(() => desk.room().waiting.own.length === 1);
  // What waits to be erased is gone from its author's map at once.
  expect([desk.room().drawings?.length, looksOf(desk)]).toEqual([1, []]);
  workstation.cable.plugIn();
  await desk.until(() => desk.isReady() && desk.settled().length === 2 && desk.room().drawings?.length === 0);
  expect([desk.settled(), desk.room().drawings, await witness.heard()]).toEqual([
    ['done', 'map.drawingGone'],
    [],
    ['map.drawn 1', 'map.drawingErased 1'],
  ]);
});

test('a drawing lasts as long as the platform says, whatever the workstation’s clock says', async () => {
  workstation.aheadMs.desk = 3 * 3_600_000;
  const desk = await workstation.openReady();
  await desk.until(() => desk.room().platformOffsetMs < -3_500_000);
  await ask(desk, draw(1, { hours: 1 }));
  await desk.until(() => desk.room().drawings?.length === 1);
  // Uncorrected it would have been over two hours ago.
  expect([looksOf(desk), looksOf(desk, { correctedMs: 0 })]).toEqual([[['1', 'standing']], []]);
});

test('what was over while the desk was away is not shown when it is back, and what is not over is', async () => {
  const first = await workstation.openReady();
  await ask(first, draw(1, { hours: 1 }));
  await ask(first, draw(2, { hours: 24 }));
  await first.until(() => first.room().drawings?.length === 2);
  await first.app.close();
  workstation.aheadMs.platform = 2 * 3_600_000;
  const second = await workstation.openReady();
  await second.until(() => second.room().platformOffsetMs > 3_600_000 && (second.room().drawings?.length ?? 0) > 0);
  expect(looksOf(second)).toEqual([['2', 'standing']]);
});

import { describe, expect, test } from 'vitest';
import type { LinkLog } from '#contract/link/index.ts';
import type { CommandId, CountyId, DeskId, PersonId } from '#contract/values/index.ts';
import { type DisplayKey, emptyWall, evolveWall, type WallCommand, type WallFact, type WallState } from '#contract/wall/index.ts';
import type { JournalFile } from '#main/storage/index.ts';
import { openWallStore, type WallChange } from './wallStore.ts';

const displayKey = 'DP-1' as DisplayKey;
const countyId = 'al' as CountyId;
const log: LinkLog = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const see: WallCommand = { type: 'wall.seeDisplay', displayKey, keySource: 'edid', widthPx: 1920, heightPx: 1080 };
const place = (cell: number, cameraId: string): WallCommand => {
  return { type: 'wall.placeTile', displayKey, cell, tile: { kind: 'camera', content: { cameraId } } };
};
const wang = { personId: 'p-wang' as PersonId };
const nobody = { personId: null };

/** A disk that can be full; what is on it survives the store. */
function createDisk() {
  const disk = { records: [] as unknown[], isFull: false };
  const write = async (change: () => void) => {
    if (disk.isFull) throw new Error('ENOSPC');
    change();
  };
  const journal: JournalFile = {
    load: async () => [...disk.records],
    append: (added) => write(() => void disk.records.push(...structuredClone(added))),
    rewrite: (whole) => write(() => void (disk.records = structuredClone([...whole]))),
    close: async () => {},
  };
  return { disk, journal };
}

async function openWall(journal: JournalFile) {
  const changes: WallChange[] = [];
  const states: string[] = [];
  let commands = 0;
  const wall = await openWallStore({
    journal,
    nowMs: () => 1_800_000_000_000,
    newCommandId: () => `00000000-0000-7000-8000-${String((commands += 1)).padStart(12, '0')}` as CommandId,
    log,
    onChange: (change) => changes.push(change),
    onJournal: (state) => states.push(state),
  });
  return { wall, changes, states };
}

/** What the platform would fold from everything that is shipped. */
function folded(wall: Awaited<ReturnType<typeof openWall>>['wall']): WallState {
  const facts = wall.deskFacts.after({ seq: 0, limit: 10_000 });
  expect(facts.map(({ seq }) => seq)).toEqual(facts.map((_, index) => index + 1));
  return facts.reduce(
    (state, { fact }) => evolveWall(state, { type: fact.type, payload: JSON.parse(fact.payload) } as WallFact),
    emptyWall,
  );
}

describe('the wall’s owner', () => {
  test('has on the disk what it granted, and nothing of what it refused', async () => {
    const { journal } = createDisk();
    const before = await openWall(journal);
    const answers = await Promise.all([
      before.wall.ask(see, nobody),
      before.wall.ask(place(1, 'c-1'), wang),
      before.wall.ask(place(9, 'c-2'), wang),
    ]);
    const after = await openWall(journal);
    expect([answers.map(({ ok }) => ok), after.wall.state()]).toEqual([[true, true, false], before.wall.state()]);
    expect(after.wall.state().displays[0]?.tiles[1]?.content).toEqual({ cameraId: 'c-1' });
  });

  test('shows one picture over several displays again after a restart, their blind edges with it', async () => {
    const { journal } = createDisk();
    const { wall } = await openWall(journal);
    const keys = [displayKey, 'DP-2' as DisplayKey];
    for (const key of keys) await wall.ask({ ...see, displayKey: key } as WallCommand, nobody);
    const bezel = { unit: 'mm' as const, sides: 3.5, ends: 1.8 };
    const displays = keys.map((key, at) => {
      const content = { span: 's-1', display: key, part: `${at * 1930} 0 1920 1080 3850 1080` };
      return { displayKey: key, layout: 1 as const, bezel, tiles: [{ cell: 0, tile: { kind: 'map', content } }] };
    });
    expect(await wall.ask({ type: 'wall.arrange', displays }, wang)).toEqual({ ok: true, value: null });
    const after = (await openWall(journal)).wall.state().displays;
    expect(after.map(({ layout, bezel: kept, tiles }) => [layout, kept, tiles[0]?.content['part']])).toEqual([
      [1, bezel, '0 0 1920 1080 3850 1080'],
      [1, bezel, '1930 0 1920 1080 3850 1080'],
    ]);
  });

  test('tells each change once, after it is on the disk', async () => {
    const { disk, journal } = createDisk();
    const { wall, changes } = await openWall(journal);
    await wall.ask(see, nobody);
    await wall.ask(see, nobody);
    expect([changes.map(({ entries }) => entries.map(({ seq, type, personId }) => [seq, type, personId])), disk.records.length]).toEqual([
      [[[1, 'wall.displaySeen', null]]],
      1,
    ]);
  });

  test('refuses commands while its journal cannot be written, and says so until it can', async () => {
    const { disk, journal } = createDisk();
    const { wall, states, changes } = await openWall(journal);
    await wall.ask(see, nobody);
    disk.isFull = true;
    const refused = [await wall.ask(place(0, 'c-1'), wang), await wall.ask(place(1, 'c-2'), wang)];
    disk.isFull = false;
    const granted = await wall.ask(place(0, 'c-3'), wang);
    const refusal = { ok: false, refusal: { code: 'wall.journalReadOnly' } };
    expect([refused, granted, states, changes.length]).toEqual([
      [refusal, refusal],
      { ok: true, value: null },
      ['readOnly', 'writable'],
      2,
    ]);
    expect(wall.state().displays[0]?.tiles.slice(0, 2)).toEqual([{ kind: 'camera', content: { cameraId: 'c-3' } }, null]);
  });

  test('works before the desk was ever enrolled, and ships everything when it knows who it is', async () => {
    const { wall } = await openWall(createDisk().journal);
    await wall.ask(see, nobody);
    await wall.ask(place(0, 'c-1'), wang);
    const before = wall.deskFacts.after({ seq: 0, limit: 10 });
    await wall.setIdentity({ deskId: 'desk-1' as DeskId, countyId });
    const facts = wall.deskFacts.after({ seq: 0, limit: 10 }).map(({ seq, fact }) => [seq, fact.type, fact.actor, fact.subject]);
    expect([before, wall.deskFacts.waiting(), facts]).toEqual([
      [],
      2,
      [
        [1, 'wall.displaySeen', 'device/desk-1', 'desk/desk-1'],
        [2, 'wall.tilePlaced', 'person/p-wang', 'desk/desk-1'],
      ],
    ]);
  });

  test('tells its wall from the beginning when the desk got another identity', async () => {
    const { journal } = createDisk();
    const { wall } = await openWall(journal);
    await wall.setIdentity({ deskId: 'desk-1' as DeskId, countyId });
    await wall.ask(see, nobody);
    for (let round = 0; round < 20; round += 1) await wall.ask(place(round % 4, `c-${round}`), wang);
    await wall.ask({ type: 'wall.setLayout', displayKey, layout: 9 }, wang);
    await wall.markFilled(displayKey);
    wall.deskFacts.settled(22);
    await wall.setIdentity({ deskId: 'desk-2' as DeskId, countyId });
    expect([folded(wall), wall.deskFacts.settledSeq(), wall.isFilled(displayKey)]).toEqual([wall.state(), 0, true]);
    await wall.ask(place(5, 'c-new'), wang);
    const again = await openWall(journal);
    await again.wall.setIdentity({ deskId: 'desk-2' as DeskId, countyId });
    expect([folded(again.wall), again.wall.state()]).toEqual([wall.state(), wall.state()]);
  });

  test('writes its journal short in time without losing the scene or what is still to be shipped', async () => {
    const { disk, journal } = createDisk();
    const { wall } = await openWall(journal);
    await wall.setIdentity({ deskId: 'desk-1' as DeskId, countyId });
    await wall.ask(see, nobody);
    for (let round = 0; round < 4_000; round += 1) await wall.ask(place(round % 4, `c-${round}`), wang);
    wall.deskFacts.settled(3_990);
    for (let round = 0; round < 1_000; round += 1) await wall.ask(place(round % 4, `d-${round}`), wang);
    const again = await openWall(journal);
    await again.wall.setIdentity({ deskId: 'desk-1' as DeskId, countyId });
    const waiting = again.wall.deskFacts.after({ seq: 3_990, limit: 5_000 });
    expect([disk.records.length < 3_500, again.wall.state(), waiting.at(0)?.seq, waiting.length]).toEqual([
      true,
      wall.state(),
      3_991,
      1_011,
    ]);
  });
});

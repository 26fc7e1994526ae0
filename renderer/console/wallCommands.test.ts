import { expect, test } from 'vitest';
import { granted, refused } from '#contract/values/index.ts';
import { type DisplayKey, emptyWall, type Tile, type WallCommand } from '#contract/wall/index.ts';
import type { RoomAccess } from '../room/index.ts';
import { createWallCommands } from './wallCommands.ts';

const place = { displayKey: 'DP-1' as DisplayKey, cell: 0 };
const clock: Tile = { kind: 'clock', content: {} } as Tile;
const map: Tile = { kind: 'map', content: {} } as Tile;

/** A console before a Wall whose first cell shows a clock, and a main that answers when the test says so. */
function open() {
  const asked: WallCommand[] = [];
  const unanswered: ((isGranted: boolean) => void)[] = [];
  const said: Parameters<Parameters<typeof createWallCommands>[0]['announce']>[0][] = [];
  const scene = { ...place, tiles: [clock] };
  const commands = createWallCommands({
    room: {
      store: { getState: () => ({ wall: { ...emptyWall, displays: [scene] } }) },
      ask: (_name: string, command: WallCommand) =>
        new Promise((resolve) => {
          asked.push(command);
          unanswered.push((isGranted) => resolve(isGranted ? granted({}) : refused('wall.noSuchCell')));
        }),
    } as unknown as RoomAccess,
    announce: (notice) => said.push(notice),
    newest: () => {
      const done = said.findLast(({ kind }) => kind === 'done');
      return done?.kind === 'done' ? done : undefined;
    },
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const answer = async (word: 'granted' | 'refused' = 'granted') => {
    unanswered.shift()?.(word === 'granted');
    await settle();
  };
  return { ...commands, asked, answer, settle, texts: () => said.map((notice) => (notice.kind === 'done' ? notice.text : notice.kind)) };
}

const showMap: WallCommand = { type: 'wall.placeTile', ...place, tile: map } as WallCommand;

test('Ctrl+Z right after a change takes back that change, though nobody has answered it yet', async () => {
  const { command, undo, asked, answer, settle, texts } = open();
  void command(showMap, { text: 'placed', place: '1.1' });
  undo();
  await settle();
  expect(asked).toEqual([showMap]);
  await answer();
  await answer();
  expect(asked).toEqual([showMap, { type: 'wall.placeTile', ...place, tile: clock }]);
  expect(texts()).toEqual(['placed', 'undone']);
});

test('Ctrl+Z right after a change that is then refused takes back nothing', async () => {
  const { command, undo, asked, answer, texts } = open();
  void command(showMap, { text: 'placed', place: '1.1' });
  undo();
  await answer('refused');
  expect([asked, texts()]).toEqual([[showMap], ['refused']]);
});

test('Ctrl+Z twice takes back once: the change, and not the taking back', async () => {
  const { command, undo, asked, answer } = open();
  void command(showMap, { text: 'placed', place: '1.1' });
  undo();
  undo();
  for (let turn = 0; turn < 4; turn += 1) await answer();
  expect(asked.length).toBe(2);
});

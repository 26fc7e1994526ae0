import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WallCommand, WallState } from '#contract/wall/index.ts';
import { openTestPlatform } from '../builders/platform.ts';
import { cameraTile } from '../fakes/fakeRoom.ts';
import { until } from '../fakes/until.ts';

type RoomProcess = { wall(): WallState | null; ask(command: WallCommand): Promise<unknown>; kill(): Promise<void> };

let dataDir: string;
let platform: Awaited<ReturnType<typeof openTestPlatform>>;
let rooms: RoomProcess[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'room-'));
  platform = await openTestPlatform();
});
afterEach(async () => {
  for (const room of rooms) await room.kill();
  rooms = [];
  await platform.close();
  await rm(dataDir, { recursive: true });
});

function startRoom(): RoomProcess {
  const script = path.resolve(import.meta.dirname, '../fakes/roomProcess.ts');
  const child: ChildProcessWithoutNullStreams = spawn(process.execPath, [script, dataDir, platform.url]);
  child.stderr.pipe(process.stderr);
  const exited = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  let wall: WallState | null = null;
  const askers: ((answer: unknown) => void)[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    const told = JSON.parse(line) as { wall?: WallState; answer?: unknown };
    if (told.wall !== undefined) wall = told.wall;
    if (told.answer !== undefined) askers.shift()?.(told.answer);
  });
  const room: RoomProcess = {
    wall: () => wall,
    ask: (command) =>
      new Promise((resolve) => {
        askers.push(resolve);
        child.stdin.write(`${JSON.stringify(command)}\n`);
      }),
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
  rooms.push(room);
  return room;
}

const tilesOf = (room: RoomProcess) => room.wall()?.displays[0]?.tiles.map((tile) => tile?.content.cameraId ?? null) ?? [];

test('a room that is killed shows the same wall when it starts again: what was granted is never lost', async () => {
  const displayKey = 'DP-1' as WallState['displays'][number]['displayKey'];
  let room = startRoom();
  await until(() => tilesOf(room)[1] === 'west-a');
  const placed: string[] = [];
  for (let cell = 0; cell < 4; cell += 1) {
    const cameraId = `camera-${cell}`;
    let answer: unknown = null;
    // Until the demo account is logged in again, the console may not command.
    while (JSON.stringify(answer) !== '{"ok":true,"value":null}') {
      answer = await room.ask({ type: 'wall.placeTile', displayKey, cell, tile: cameraTile(cameraId) });
    }
    placed.push(cameraId);
    await room.kill();
    room = startRoom();
    await until(() => room.wall() !== null);
    expect(tilesOf(room).slice(0, placed.length)).toEqual(placed);
  }
});

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WaitingCommands } from '#contract/bridge/index.ts';
import type { CameraCommand } from '#contract/cameras/index.ts';
import type { CameraId } from '#contract/values/index.ts';
import type { WallCommand, WallState } from '#contract/wall/index.ts';
import { openCable } from '../builders/cable.ts';
import { openTestPlatform } from '../builders/platform.ts';
import { cameraTile } from '../fakes/fakeRoom.ts';
import { until } from '../fakes/until.ts';

type Seen = {
  readonly wall: WallState;
  readonly waiting: WaitingCommands;
  readonly faults: readonly string[];
  readonly link: string;
  readonly person: string | null;
};
type RoomProcess = {
  seen(): Seen | null;
  wall(): WallState | null;
  ask(command: WallCommand | CameraCommand): Promise<unknown>;
  kill(): Promise<void>;
};

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

function startRoom({ platformUrl = platform.url } = {}): RoomProcess {
  const script = path.resolve(import.meta.dirname, '../fakes/roomProcess.ts');
  const child: ChildProcessWithoutNullStreams = spawn(process.execPath, [script, dataDir, platformUrl]);
  child.stderr.pipe(process.stderr);
  const exited = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  let seen: Seen | null = null;
  const askers: ((answer: unknown) => void)[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    const told = JSON.parse(line) as Seen | { wall?: undefined; answer: unknown };
    if (told.wall !== undefined) seen = told;
    else askers.shift()?.(told.answer);
  });
  const room: RoomProcess = {
    seen: () => seen,
    wall: () => seen?.wall ?? null,
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

test('a command that waits for the line survives a kill, under its person’s name, and goes when he is back within a minute', async () => {
  const cable = await openCable(platform.url);
  const before = startRoom({ platformUrl: cable.url });
  await until(() => before.seen()?.link === 'live' && before.seen()?.person !== null && tilesOf(before)[1] === 'west-a');
  cable.pull();
  await until(() => before.seen()?.link !== 'live');
  const asked = await before.ask({ type: 'cameras.reportFault', cameraId: 'east-a' as CameraId, fault: 'blurred' });
  await before.kill();
  const after = startRoom({ platformUrl: cable.url });
  await until(() => after.seen() !== null);
  const waiting = after.seen()?.waiting;
  cable.plugIn();
  await until(() => after.seen()?.faults.length === 1);
  await until(() => after.seen()?.waiting.own.length === 0);
  await after.kill();
  await cable.close();
  expect([asked, waiting, after.seen()?.faults, after.seen()?.waiting]).toEqual([
    { ok: true, value: { commandId: expect.any(String) } },
    { own: [], others: [{ name: expect.stringMatching(/./), count: 1 }] },
    ['blurred'],
    { own: [], others: [] },
  ]);
});

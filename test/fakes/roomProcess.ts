/**
 * A command room as a process of its own, without screens: `node test/fakes/roomProcess.ts DATA PLATFORM_URL`. Tests kill it. It prints
 * `{"wall", "waiting", "faults", "link", "person"}` whenever one of them changed in the console, and `{"answer": ...}` after each command about the wall or a
 * camera that it reads from stdin, one per line.
 */
import path from 'node:path';
import { createInterface } from 'node:readline';
import { CameraCommand } from '#contract/cameras/index.ts';
import type { WallCommand } from '#contract/wall/index.ts';
import { createApp } from '#main/app.ts';
import { asItIs, createFileSecrets } from '#main/shell/index.ts';
import { machineClock, machineRandomness, machineTimers } from '#main/machine/index.ts';
import pino from 'pino';
import { createBridgePages } from './bridgePage.ts';
import { presentDisplay } from './fakeRoom.ts';
import { createFakeShell } from './fakeShell.ts';

const [dataDir = '', platformUrl = ''] = process.argv.slice(2);
const tell = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const pages = createBridgePages();
const { shell } = createFakeShell({
  displays: [presentDisplay({ key: 'DP-1' })],
  page: pages.page,
  secrets: createFileSecrets({ file: path.join(dataDir, 'secrets.json'), sealing: asItIs }),
});
await createApp({
  shell,
  dataDir,
  platformUrl,
  language: 'zh',
  demoLogin: 'duty',
  clock: machineClock,
  timers: machineTimers,
  randomness: machineRandomness,
  log: pino({ level: 'warn' }, pino.destination(2)),
});
let told = '';
void pages.until(() => {
  const room = pages.newest('console')?.room();
  if (room === undefined) return false;
  const faults = room.cameras.flatMap(({ fault }) => fault?.kind ?? []);
  const seen = { wall: room.wall, waiting: room.waiting, faults, link: room.link.kind, person: room.person?.personId ?? null };
  const text = JSON.stringify(seen);
  if (text !== told) tell(seen);
  told = text;
  return false;
});
createInterface({ input: process.stdin }).on('line', (line) => {
  const main = pages.newest('console')?.main;
  const asked: unknown = JSON.parse(line);
  const camera = CameraCommand.safeParse(asked);
  const answered = camera.success ? main?.commandCamera(camera.data) : main?.commandWall(asked as WallCommand);
  void answered?.then((answer) => tell({ answer }));
});

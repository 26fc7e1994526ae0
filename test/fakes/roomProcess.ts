/**
 * A command room as a process of its own, without screens: `node test/fakes/roomProcess.ts DATA PLATFORM_URL`. Tests kill it. It prints
 * `{"wall": ...}` whenever the console's wall changed and `{"answer": ...}` after each wall command that it reads from stdin, one per line.
 */
import path from 'node:path';
import { createInterface } from 'node:readline';
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
  const wall = pages.newest('console')?.room().wall;
  const text = JSON.stringify(wall);
  if (wall !== undefined && text !== told) tell({ wall });
  told = text;
  return false;
});
createInterface({ input: process.stdin }).on('line', (line) => {
  void pages
    .newest('console')
    ?.main.commandWall(JSON.parse(line) as WallCommand)
    .then((answer) => tell({ answer }));
});

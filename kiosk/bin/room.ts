/**
 * The room on the system's Chromium or in a browser tab: `node kiosk/bin/room.ts --data DIR --platform URL`. One line of JSON on stdout
 * says when it is ready; the log goes to stderr.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { type Logger, pino } from 'pino';
import { createApp } from '#main/app.ts';
import { type DeskBasemap, openDeskBasemap } from '#main/map/index.ts';
import { machineClock, machineRandomness, machineTimers } from '#main/machine/index.ts';
import { parseRoomOptions, type RoomOptions } from '#main/shell/index.ts';
import { type OpenedShell, openKioskShell, openTabShell } from '../index.ts';

const pagesFolder = path.resolve(import.meta.dirname, '../../dist/renderer');

await main();

async function main(): Promise<void> {
  const options = parseRoomOptions({ argv: process.argv.slice(2), shells: ['kiosk', 'tab'] });
  const log = pino({ level: process.env['COMMANDWALL_LOG'] ?? 'info' }, pino.destination({ dest: 2, sync: true }));
  const dataDir = path.resolve(options.data);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  await using closers = new AsyncDisposableStack();
  const stopped = new Promise<string>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(signal));
  });
  const pidFile = path.join(dataDir, 'room.pid');
  writeFileSync(pidFile, `${process.pid}\n`);
  closers.defer(() => rmSync(pidFile, { force: true }));

  const basemap = await openDeskBasemap({ dataDir, chosen: options.basemap, log });
  const opened = await openShell({ options, dataDir, basemap, log });
  closers.defer(opened.close);
  const app = await createApp({
    shell: opened.shell,
    dataDir,
    platformUrl: options.platform,
    platformAuthority: options.platformAuthority,
    basemap,
    language: options.lang,
    demoLogin: options.demoLogin,
    clock: machineClock,
    timers: machineTimers,
    randomness: machineRandomness,
    log,
  });
  closers.defer(() => app.close());
  log.info({ signal: await stopped }, 'the room stops');
}

async function openShell({
  options,
  dataDir,
  basemap,
  log,
}: {
  options: RoomOptions<'kiosk' | 'tab'>;
  dataDir: string;
  basemap: DeskBasemap;
  log: Logger;
}): Promise<OpenedShell> {
  const tellReady = createReadyLine();
  const serving = {
    basemap,
    pagesFolder,
    dataFolder: dataDir,
    platformUrl: options.platform,
    clock: machineClock,
    timers: machineTimers,
    log,
  };
  switch (options.shell) {
    case 'kiosk':
      return openKioskShell({
        ...serving,
        env: process.env,
        sandbox: options.unsafeNoSandbox ? 'unsafeNoSandbox' : 'sandboxed',
        onConnected: ({ kind }) => {
          if (kind === 'console') tellReady(options.platform);
        },
      });
    case 'tab': {
      const opened = await openTabShell({
        ...serving,
        // At warn, so that the terminal shows it: only whoever sits there may open a window, once, within a minute.
        tellUrl: ({ kind, url }) => {
          log.warn({}, `${kind}: ${url}`);
          if (kind === 'console') tellReady(url);
        },
      });
      const enterKey = createInterface({ input: process.stdin }).on('line', opened.tellAgain);
      return {
        shell: opened.shell,
        close: async () => {
          enterKey.close(); // else it keeps the process
          await opened.close();
        },
      };
    }
  }
}

/** Printed once; `npm start` waits for it. */
function createReadyLine(): (url: string) => void {
  let isTold = false;
  return (url) => {
    if (!isTold) console.log(JSON.stringify({ ready: 'room', url }));
    isTold = true;
  };
}

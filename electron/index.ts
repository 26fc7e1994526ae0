/**
 * The room in Electron: `electron dist/electron/index.js --data DIR --platform URL`. The only file that imports Electron's values (besides
 * the preload, which runs in the pages).
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { app, BrowserWindow, MessageChannelMain, powerSaveBlocker, protocol, safeStorage, screen, session } from 'electron';
import { pino } from 'pino';
import { createApp } from '#main/app.ts';
import { openDeskBasemap } from '#main/map/index.ts';
import { machineClock, machineRandomness, machineTimers } from '#main/machine/index.ts';
import { parseRoomOptions } from '#main/shell/index.ts';
import { refusedSwitches } from './commandLine.ts';
import { createElectronShell } from './createElectronShell.ts';
import { roomScheme } from './roomSession.ts';

const log = pino({ level: process.env['COMMANDWALL_LOG'] ?? 'info' }, pino.destination({ dest: 2, sync: true }));

main().catch((error: unknown) => {
  log.fatal({ err: error }, 'the room could not be started');
  app.exit(1);
});

async function main(): Promise<void> {
  refuseUnsafeSwitches();
  const options = parseRoomOptions({ argv: ownArguments(), shells: ['electron'] });
  const dataDir = path.resolve(options.data);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  // Both before the app is ready: schemes and switches are read once.
  protocol.registerSchemesAsPrivileged([{ scheme: roomScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
  app.commandLine.appendSwitch('force-device-scale-factor', '1'); // one CSS pixel = one pixel, as xrandr counts
  app.commandLine.appendSwitch('enable-unsafe-swiftshader'); // maps without a graphics card, as in kiosk/chromium.ts
  app.enableSandbox();
  app.on('window-all-closed', () => {}); // main opens them again
  const stopped = nextStop();
  await app.whenReady();

  const basemap = await openDeskBasemap({ dataDir, chosen: options.basemap, log });
  const shell = createElectronShell({
    electron: {
      app,
      BrowserWindow,
      MessageChannelMain,
      screen,
      session: session.fromPartition('room', { cache: false }), // no `persist:`, so it lives in memory only
      safeStorage,
      powerSaveBlocker,
    },
    pagesFolder: path.resolve(import.meta.dirname, '../renderer'),
    preload: path.resolve(import.meta.dirname, 'preload.cjs'),
    dataFolder: dataDir,
    platformUrl: options.platform,
    pins: options.pins,
    basemap,
    platform: process.platform,
    env: process.env,
    clock: machineClock,
    timers: machineTimers,
    onConnected: createReadyLine(options.platform),
  });
  const room = await createApp({
    ...{ shell, dataDir, basemap },
    platformUrl: options.platform,
    platformAuthority: options.platformAuthority,
    language: options.lang,
    demoLogin: options.demoLogin,
    clock: machineClock,
    timers: machineTimers,
    randomness: machineRandomness,
    log,
  });
  log.info({ why: await stopped }, 'the room stops');
  await room.close();
  app.exit(0);
}

/** Resolves with why the room is to stop. */
function nextStop(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(signal));
    app.on('before-quit', () => resolve('quit'));
  });
}

function refuseUnsafeSwitches(): void {
  const allowedProxy = process.env['COMMANDWALL_PROXY'] ?? null;
  const refused = refusedSwitches({ argv: process.argv.slice(1), isPackaged: app.isPackaged, allowedProxy });
  if (refused.length > 0) throw new Error(`the room does not start with ${refused.join(' ')}`);
}

/** Everything after the script in development, after the program when it is installed. */
function ownArguments(): readonly string[] {
  const script = process.argv.findIndex((word) => word.endsWith('index.js'));
  return process.argv.slice(app.isPackaged ? 1 : script + 1);
}

/** Printed once, when the console is there; `npm start` waits for it. */
function createReadyLine(url: string): (identity: { kind: 'console' | 'wall' }) => void {
  let isTold = false;
  return ({ kind }) => {
    if (isTold || kind !== 'console') return;
    isTold = true;
    process.stdout.write(`${JSON.stringify({ ready: 'room', url })}\n`);
  };
}

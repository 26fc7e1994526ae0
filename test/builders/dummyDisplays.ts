import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** One monitor of the dummy X server, placed on the virtual desktop in pixels. */
export type DummyDisplay = { readonly connector: string; readonly x: number; readonly y: number };

/** A running X server with several monitors that nobody sees; `env` is what a program needs to open windows on it. */
export type DummyDisplays = {
  readonly displayName: string;
  readonly env: { readonly DISPLAY: string; readonly XAUTHORITY: string };
  readonly displays: readonly DummyDisplay[];
  /** Runs xrandr on this server with these arguments; answers its output. */
  xrandr(...args: string[]): Promise<string>;
  unplug(connector: string): Promise<void>;
  plugIn(display: DummyDisplay): Promise<void>;
  close(): Promise<void>;
};

/** Four 1920x1080 monitors in a 2x2 block: the order of connectors is on purpose not left to right. */
export const fourDisplays: readonly DummyDisplay[] = [
  { connector: 'DUMMY0', x: 0, y: 0 },
  { connector: 'DUMMY1', x: 1920, y: 1080 },
  { connector: 'DUMMY2', x: 1920, y: 0 },
  { connector: 'DUMMY3', x: 0, y: 1080 },
];

/**
 * Starts Xorg with the dummy driver on a free display number, with an authority file as on a real desktop, and openbox (without a window
 * manager nothing goes full-screen). Debian: xserver-xorg-core xserver-xorg-video-dummy openbox x11-xserver-utils; Xorg needs root.
 */
export async function openDummyDisplays({ displays = fourDisplays }: { displays?: readonly DummyDisplay[] } = {}): Promise<DummyDisplays> {
  const folder = await mkdtemp(path.join(tmpdir(), 'commandwall-xorg-'));
  const configFile = path.join(folder, 'xorg.conf');
  const XAUTHORITY = path.join(folder, 'authority');
  await writeFile(configFile, xorgConfig);
  // The server picks a free display number, so the cookie is written for all of them.
  await writeFile(XAUTHORITY, wildAuthority(randomBytes(16)), { mode: 0o600 });
  const server = spawn(
    'Xorg',
    [...serverArguments, '-config', configFile, '-logfile', path.join(folder, 'xorg.log'), '-auth', XAUTHORITY],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    },
  );
  const displayName = `:${await displayNumber({ server, folder })}`;
  const env = { DISPLAY: displayName, XAUTHORITY };
  const xrandr = async (...args: string[]) => (await run('xrandr', args, { env: { ...process.env, ...env } })).stdout;
  const plugIn = async ({ connector, x, y }: DummyDisplay) => {
    await xrandr('--output', connector, '--mode', modeName, '--pos', `${x}x${y}`);
    await xrandr(); // the kernel would tell a real server that something was plugged in; this one looks when it is asked
  };
  await xrandr('--newmode', modeName, ...modeTimings);
  for (const display of displays) await xrandr('--addmode', display.connector, modeName);
  for (const display of displays) await plugIn(display);
  const desktop = spawn('openbox', ['--sm-disable'], { env: { ...process.env, ...env }, stdio: 'ignore' });
  return {
    displayName,
    env,
    displays,
    xrandr,
    plugIn,
    unplug: async (connector) => {
      await xrandr('--output', connector, '--off');
    },
    close: async () => {
      await end(desktop);
      await end(server);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const modeName = 'W1080';
// CVT-like timings of 1920x1080 at 60 Hz (CEA-861 VIC 16).
const modeTimings = '148.5 1920 2008 2052 2200 1080 1084 1089 1125'.split(' ');
const serverArguments = ['-displayfd', '3', '-noreset', '-nolisten', 'tcp', '-novtswitch'];

const xorgConfig = `
Section "ServerFlags"
  Option "AutoAddDevices" "false"
  Option "AutoAddGPU" "false"
  Option "DontVTSwitch" "true"
EndSection
Section "Device"
  Identifier "dummy"
  Driver "dummy"
  VideoRam 512000
EndSection
Section "Monitor"
  Identifier "monitor"
  HorizSync 5.0-1000.0
  VertRefresh 5.0-200.0
EndSection
Section "Screen"
  Identifier "screen"
  Device "dummy"
  Monitor "monitor"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Virtual 7680 4320
  EndSubSection
EndSection
`;

/** The server writes its number on fd 3 when it listens. */
async function displayNumber({ server, folder }: { server: ChildProcess; folder: string }): Promise<string> {
  const pipe = server.stdio[3] as NodeJS.ReadableStream;
  pipe.setEncoding('utf8');
  return new Promise((resolve, reject) => {
    let text = '';
    pipe.on('data', (chunk: string) => {
      text += chunk;
      if (text.includes('\n')) resolve(text.trim());
    });
    server.on('error', reject);
    server.on('exit', (code) => {
      void readFile(path.join(folder, 'xorg.log'), 'utf8')
        .catch(() => 'no log')
        .then((log) => reject(new Error(`Xorg ended with ${code}: ${log.slice(-1500)}`)));
    });
  });
}

/** One Xauthority entry that fits every display of this machine (Xau(3)): family "wild" 0xffff, no address, no number. */
function wildAuthority(cookie: Buffer): Buffer {
  const counted = (bytes: Buffer) => Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
  const parts = [Buffer.alloc(0), Buffer.alloc(0), Buffer.from('MIT-MAGIC-COOKIE-1'), cookie];
  return Buffer.concat([Buffer.from([0xff, 0xff]), ...parts.map(counted)]);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

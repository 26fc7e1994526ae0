import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { BrowserHome, BrowserUser } from './browserUser.ts';
import { type CdpConnection, connectCdp } from './cdp.ts';
import type { KioskLog } from './log.ts';

/** Programs that are Chromium and speak its DevTools protocol; the first found is taken. qaxbrowser: 奇安信, common on domestic desktops. */
export const browserPrograms = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'qaxbrowser-safe-stable',
  'qaxbrowser',
] as const;

/** A browser that runs, with the only way to drive it. */
export type RunningBrowser = {
  readonly pid: number;
  readonly connection: CdpConnection;
  /** Opens a window without tabs and address bar on this address, which holds no secret. Resolves when the browser has taken it on. */
  openAppWindow(url: string): Promise<void>;
  /** Ends this browser and waits for it; safe to call twice. */
  close(): Promise<void>;
};

export type BrowserStart = {
  readonly executable: string;
  readonly user: BrowserUser;
  readonly home: BrowserHome;
  readonly sandbox: 'sandboxed' | 'unsafeNoSandbox';
  readonly log: KioskLog;
};

/** How long the browser may take to end by itself; what it would still write goes with its home. */
const endPatienceMs = 2000;
/** How long a second start may take to hand its address on. */
const handOnPatienceMs = 15_000;

/** COMMANDWALL_CHROMIUM names one; else the PATH is searched. Undefined = none here. */
export async function findBrowser({ env }: { env: NodeJS.ProcessEnv }): Promise<string | undefined> {
  const named = env['COMMANDWALL_CHROMIUM'];
  if (named !== undefined && named !== '') return named;
  for (const program of browserPrograms) {
    for (const folder of (env['PATH'] ?? '').split(path.delimiter)) {
      const file = path.join(folder, program);
      const isThere = await access(file, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (isThere) return file;
    }
  }
  return undefined;
}

/** Every flag and why. No address, code or token is ever among them: any process may read a command line. */
export function browserFlags({ profileFolder, sandbox }: { profileFolder: string; sandbox: BrowserStart['sandbox'] }): string[] {
  return [
    '--remote-debugging-pipe',
    `--user-data-dir=${profileFolder}`,
    '--ozone-platform=x11',
    // One CSS pixel = one pixel of the display: the wall sizes its text by millimetres itself.
    '--force-device-scale-factor=1',
    '--no-startup-window',
    // No hint "press Esc" over the wall, and no keys that open tabs or close windows.
    '--kiosk',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-popup-blocking',
    // The pages speak their own languages; no bar offers to translate them.
    '--disable-features=Translate',
    // Hides bars that would take 56 px of every window ("unsupported flag", "restore pages").
    '--test-type',
    '--hide-crash-restore-bubble',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-breakpad',
    '--password-store=basic',
    // A wall must play without anybody clicking, also where another window lies above it for a moment.
    '--autoplay-policy=no-user-gesture-required',
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
    // A page that does not answer is ended by our own heartbeat; no dialog on the wall.
    '--disable-hang-monitor',
    // The map is drawn also where no graphics card does it (virtual machines, drivers that the browser does not trust): by the processor, which it
    // does by itself no more. "Unsafe" for pages of strangers, of which there is none here.
    '--enable-unsafe-swiftshader',
    // Pictures never touch a disk.
    '--disk-cache-size=1',
    '--media-cache-size=1',
    ...(sandbox === 'unsafeNoSandbox' ? ['--no-sandbox'] : []),
  ];
}

/** Starts the browser as its user and waits until it answers. Rejects with what it said when it does not. */
export async function startBrowser(start: BrowserStart): Promise<RunningBrowser> {
  const { executable, home, sandbox, log } = start;
  const flags = browserFlags({ profileFolder: home.profileFolder, sandbox });
  const child = spawn(executable, flags, { ...asBrowserUser(start), stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const lastWords = keepLastWords({ child, log });
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject);
    // 'close' and not 'exit': by then everything it said has been read.
    child.once('close', (code, signal) => reject(new Error(`${executable} ended (${signal ?? code}): ${hint(lastWords())}`)));
  });
  failed.catch(() => {}); // after the start, `onClosed` of the connection tells
  await Promise.race([once(child, 'spawn'), failed]);
  const connection = connectCdp({ toBrowser: child.stdio[3] as Writable, fromBrowser: child.stdio[4] as Readable });
  // The pipe closes a moment before the end is told: then the browser's own words are the reason, and not the pipe.
  const answered = connection.tell('Browser.getVersion').catch(() => {
    const killer = setTimeout(() => child.kill('SIGKILL'), endPatienceMs);
    void exited.then(() => clearTimeout(killer));
    return failed;
  });
  await Promise.race([answered, failed]);
  const close = async () => {
    connection.tell('Browser.close').catch(() => {}); // the pipe often ends before the answer
    const killer = setTimeout(() => child.kill('SIGKILL'), endPatienceMs);
    await exited;
    clearTimeout(killer);
    connection.close();
  };
  return { pid: child.pid ?? 0, connection, close, openAppWindow: (url) => openAppWindow({ start, url }) };
}

/** Chromium says "No usable sandbox!" where the kernel forbids user namespaces. */
function hint(words: string): string {
  if (!/no usable sandbox|namespace sandbox/i.test(words)) return words;
  return `its sandbox does not work here. Allow user namespaces, or give --unsafe-no-sandbox by hand; every screen says so then. ${words}`;
}

function asBrowserUser({ home, user }: BrowserStart) {
  return { cwd: home.folder, env: { ...home.env }, ...(user.kind === 'dedicated' ? { uid: user.uid, gid: user.gid } : {}) };
}

/**
 * The DevTools protocol opens windows with tabs only. A second start on the same profile hands its address to the browser that runs and ends;
 * were that one gone meanwhile, the second would stay as a browser that nobody drives, so it is killed.
 */
async function openAppWindow({ start, url }: { start: BrowserStart; url: string }): Promise<void> {
  const flags = [`--user-data-dir=${start.home.profileFolder}`, `--app=${url}`, '--ozone-platform=x11'];
  const child = spawn(start.executable, flags, { ...asBrowserUser(start), stdio: 'ignore' });
  const killer = setTimeout(() => child.kill('SIGKILL'), handOnPatienceMs);
  const [code, signal] = await once(child, 'exit').finally(() => clearTimeout(killer));
  if (code !== 0) throw new Error(`the browser did not take on another window (${signal ?? code})`);
}

/** The browser talks a lot (missing buses, no GPU): kept for the moment it fails, else only at debug. */
function keepLastWords({ child, log }: { child: ChildProcess; log: KioskLog }): () => string {
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-4000);
    log.debug({ browser: text.trimEnd() }, 'browser says');
  });
  return () => words.trim();
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** A process of ours that is running for a test. */
export type Running = {
  readonly pid: number;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Asks it to end and waits for it. */
  stop(): Promise<void>;
};

/** The real platform process with the demo county; port 0 = any free one. */
export async function startPlatform({ dataDir, port = 0 }: { dataDir: string; port?: number }): Promise<Running & { url: string }> {
  const running = run(['platform/bin/platform.ts', '--data', path.join(dataDir, 'platform'), '--port', `${port}`, '--demo']);
  const ready = await firstLine(running.stdout, (line) => line.startsWith('{"ready":"platform"'));
  return { ...running, url: (JSON.parse(ready) as { url: string }).url };
}

/** The real room process in tab mode, with the addresses of its two windows as it tells them at the terminal. */
export async function startTabRoom({
  dataDir,
  platformUrl,
  language = 'zh',
  name = 'room',
  account = 'duty',
}: {
  dataDir: string;
  platformUrl: string;
  language?: 'zh' | 'en';
  /** Its folder below `dataDir`: several desks have one each. */
  name?: string;
  /** Which of the demo's people sits down at it. */
  account?: 'duty' | 'leader' | 'town';
}): Promise<Running & { consoleUrl: string; wallUrl: string; said: () => string }> {
  const room = ['--data', path.join(dataDir, name), '--platform', platformUrl, '--shell', 'tab', '--lang', language];
  const running = run(['kiosk/bin/room.ts', ...room, '--demo-login', account]);
  const lines: string[] = [];
  running.stderr.on('line', (line) => void lines.push(line));
  const addressOf = async (kind: 'console' | 'wall') => {
    const line = await firstLine(running.stderr, (text) => text.includes(`"${kind}: http`));
    return (JSON.parse(line) as { msg: string }).msg.slice(`${kind}: `.length);
  };
  const [consoleUrl, wallUrl] = await Promise.all([addressOf('console'), addressOf('wall')]);
  return { ...running, consoleUrl, wallUrl, said: () => lines.join('\n') };
}

/** Runs one of our command-line tools to its end and gives what it printed. */
export async function runTool(args: readonly string[]): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (output += bytes.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, output };
}

function run(args: readonly string[]) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['pipe', 'pipe', 'pipe'] });
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  return {
    pid: child.pid as number,
    stdout: linesOf(child, 'stdout'),
    stderr: linesOf(child, 'stderr'),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

function linesOf(child: ChildProcess, name: 'stdout' | 'stderr'): Interface {
  const stream = child[name];
  if (stream === null) throw new Error(`no ${name}`);
  return createInterface({ input: stream });
}

/** The first line that fits; rejects with the last lines when the process ends before. */
function firstLine(lines: Interface, fits: (line: string) => boolean): Promise<string> {
  const seen: string[] = [];
  return new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      seen.push(line);
      if (fits(line)) resolve(line);
    });
    lines.once('close', () => reject(new Error(`the process ended:\n${seen.slice(-10).join('\n')}`)));
  });
}

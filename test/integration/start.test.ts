import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

const projectRoot = path.resolve(import.meta.dirname, '../..');

/** A tiny project around the real start script: fake processes that keep the agreed interfaces, one window to build. */
const fakes: Record<string, string> = {
  'platform/bin/platform.ts': `
    import { appendFileSync } from 'node:fs';
    appendFileSync('asked.log', 'platform ' + process.argv.slice(2).join(' ') + '\\n');
    console.error(JSON.stringify({ level: 40, msg: 'a camera went away' }));
    process.on('SIGTERM', () => process.exit(0));
    setInterval(() => {}, 1000);
    console.log(JSON.stringify({ ready: 'platform', url: 'http://127.0.0.1:9' }));`,
  'kiosk/bin/room.ts': `
    import { appendFileSync } from 'node:fs';
    appendFileSync('asked.log', 'room ' + process.argv.slice(2).join(' ') + '\\n');
    process.on('SIGTERM', () => process.exit(0));
    process.on('SIGUSR2', () => process.exit(3));
    setInterval(() => {}, 1000);
    console.log(JSON.stringify({ ready: 'room', url: 'pid:' + process.pid }));`,
  'renderer/vite.config.ts': `
    export default { root: import.meta.dirname, build: { outDir: '../dist/renderer', emptyOutDir: true } };`,
  'renderer/index.html': '<!doctype html><title>window</title>',
  // The map is there.
  'tools/countyPack.ts': '',
  // Three pictures are missing, none of them on the first wall; drawing takes until it is ended.
  'tools/demoLoops.ts': `
    import { appendFileSync, existsSync } from 'node:fs';
    const asked = process.argv.slice(2).join(' ');
    if (existsSync('drawing.wanted')) {
      if (asked === '--list') for (const number of ['0101', '0102', '0103']) console.log(number + '  missing  a square');
      else if (asked === '--nice') {
        console.error('drawing ' + process.pid);
        setInterval(() => {}, 1000);
      }
    }`,
};

let project = '';
const started: ChildProcess[] = [];

beforeAll(() => {
  project = mkdtempSync(path.join(tmpdir(), 'commandwall-start-'));
  for (const entry of ['package.json', 'package-lock.json', 'tools'])
    cpSync(path.join(projectRoot, entry), path.join(project, entry), { recursive: true });
  symlinkSync(path.join(projectRoot, 'node_modules'), path.join(project, 'node_modules'));
  for (const [file, text] of Object.entries(fakes)) {
    mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
    writeFileSync(path.join(project, file), text);
  }
});

afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
  }
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

type Run = { child: ChildProcess; said: () => string; says: (text: string) => Promise<string>; ends: Promise<number | null> };

function npmStart(...options: string[]): Run {
  const child = spawn(process.execPath, ['tools/start.mjs', ...options], { cwd: project, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  let output = '';
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      for (const wake of waiting) wake();
    });
  }
  const ends = once(child, 'close').then(([code]) => code as number | null);
  const says = async (text: string): Promise<string> => {
    while (!output.includes(text)) {
      if (child.exitCode !== null) throw new Error(`ended without saying "${text}":\n${output}`);
      await new Promise<void>((resolve) => {
        waiting.add(resolve);
        void ends.then(() => resolve());
      });
      waiting.clear();
    }
    return output;
  };
  return { child, said: () => output, says, ends };
}

const dataOf = (name: string) => path.join(project, name);
const tab = (name: string) => ['--shell', 'tab', '--data', dataOf(name)];
const roomPid = (output: string) => Number(/pid:(\d+)/.exec(output)?.[1]);

describe('npm start', () => {
  test('starts the demo platform, then the room on it, shows warnings, and ends both on Ctrl+C', async () => {
    const run = npmStart(...tab('first'), '--lang', 'en', '--port', '0');
    const output = await run.says('Ctrl+C ends both.');
    expect(output).toContain('shell: tab (asked for)');
    expect(output).toContain('platform warn: a camera went away');
    expect(readFileSync(path.join(project, 'asked.log'), 'utf8').split('\n')).toEqual([
      `platform --data ${dataOf('first/platform')} --port 0 --demo --scale county`,
      `room --shell tab --data ${dataOf('first/room')} --platform http://127.0.0.1:9 --lang en --demo-login duty`,
      '',
    ]);
    run.child.kill('SIGINT');
    expect(await run.ends).toBe(0);
    expect(existsSync(`/proc/${roomPid(output)}`)).toBe(false);
    expect(readFileSync(dataOf('first/logs/platform.log'), 'utf8')).toContain('a camera went away');
  });

  test('opens the room before all demo pictures are drawn, and draws the rest beside it for as long as it runs', async () => {
    writeFileSync(path.join(project, 'drawing.wanted'), '');
    const run = npmStart(...tab('drawn'), '--port', '0');
    const output = await run.says('demoLoops: drawing ');
    rmSync(path.join(project, 'drawing.wanted'));
    expect(output.indexOf('Ctrl+C ends both.')).toBeLessThan(output.indexOf('drawing the other 3'));
    run.child.kill('SIGINT');
    expect(await run.ends).toBe(0);
    const drawing = /demoLoops: drawing (\d+)/.exec(run.said())?.[1];
    expect([drawing === undefined, existsSync(`/proc/${drawing}`)]).toEqual([false, false]);
  });

  test('joins a platform that already runs, without the demo log-in', async () => {
    rmSync(path.join(project, 'asked.log'), { force: true });
    const run = npmStart(...tab('joined'), '--platform', 'http://10.0.0.5:8420');
    await run.says('Ctrl+C ends both.');
    expect(readFileSync(path.join(project, 'asked.log'), 'utf8')).toBe(
      `room --shell tab --data ${dataOf('joined/room')} --platform http://10.0.0.5:8420 --lang zh\n`,
    );
  });

  test('has the demo platform encrypt, and hands its authority to the room', async () => {
    rmSync(path.join(project, 'asked.log'), { force: true });
    await npmStart(...tab('encrypted'), '--tls').says('Ctrl+C ends both.');
    const asked = readFileSync(path.join(project, 'asked.log'), 'utf8');
    expect(asked).toMatch(/^platform .* --tls$/m);
    expect(asked).toContain(` --platform-ca ${dataOf('encrypted/platform/tls-authority.pem')}\n`);
  });

  test('says which process ended by itself, and ends the other', async () => {
    const run = npmStart(...tab('broken'));
    process.kill(roomPid(await run.says('Ctrl+C ends both.')), 'SIGUSR2');
    expect(await run.ends).toBe(1);
    expect(run.said()).toContain('room ended with code 3; stopping the rest.');
  });

  test('refuses a data folder on which a room already runs', async () => {
    const first = npmStart(...tab('shared'));
    await first.says('Ctrl+C ends both.');
    const second = npmStart(...tab('shared'));
    expect(await second.ends).toBe(1);
    expect(second.said()).toContain(`A room already runs on ${dataOf('shared')} (process ${first.child.pid}).`);
  });

  test('after it was killed itself, ends what it left behind and starts again', async () => {
    const killed = npmStart(...tab('killed'));
    await killed.says('Ctrl+C ends both.');
    killed.child.kill('SIGKILL');
    // Not "close": the processes left behind still hold the pipes.
    await once(killed.child, 'exit');
    const again = npmStart(...tab('killed'));
    expect(await again.says('Ctrl+C ends both.')).toContain('ended 2 process(es) that an earlier start left behind');
  });

  test('names an option that does not exist', async () => {
    const run = npmStart('--shel', 'tab');
    expect(await run.ends).toBe(1);
    expect(run.said()).toContain('npm start: unknown option --shel.\n  All options:  npm start -- --help');
  });
});

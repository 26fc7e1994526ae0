import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lastLines, runCommand, SetupProblem } from './setup/command.mjs';
import { installedMatchesLock } from './setup/npmPackages.mjs';
import { identify } from './setup/processes.mjs';
import { hashOfFiles } from './setup/stamps.mjs';
import { runSetup } from './setup.mjs';

let folder = '';
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'setup-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}

/** A log file in memory. */
function screen() {
  const lines: string[] = [];
  return { write: (text: string) => lines.push(text), text: () => lines.join('') };
}

describe('running the set-up', () => {
  test('does what is missing in order and skips the rest', async () => {
    const done: string[] = [];
    const step = (name: string, missing?: string) => ({ name, missing: async () => missing, run: async () => void done.push(name) });
    const out = screen();
    await runSetup({ steps: [step('packages', 'npm ci'), step('browser'), step('windows', 'building')], out, root: folder });
    expect(done).toEqual(['packages', 'windows']);
    expect(out.text()).toMatch(
      /^\[1\/3\] packages … npm ci\n\[1\/3\] packages … npm ci, 0 s\n\[3\/3\] windows … building\n.*\nset-up: already there: browser\n$/,
    );
  });

  test('stops at the first step that fails', async () => {
    const done: string[] = [];
    const failing = {
      name: 'browser',
      missing: async () => 'x',
      run: () => Promise.reject(new SetupProblem({ what: 'No browser.', todo: 'Get one.' })),
    };
    const after = { name: 'windows', missing: async () => 'x', run: async () => void done.push('windows') };
    await expect(runSetup({ steps: [failing, after], out: screen(), root: folder })).rejects.toThrow('No browser.\n  Get one.');
    expect(done).toEqual([]);
  });

  test('the next one may begin after a failure as after a success', async () => {
    const failing = { name: 'browser', missing: async () => 'x', run: () => Promise.reject(new Error('broken')) };
    await expect(runSetup({ steps: [failing], out: screen(), root: folder })).rejects.toThrow('broken');
    expect(existsSync(path.join(folder, '.cache/set-up.json'))).toBe(false);
  });

  test('what somebody else did meanwhile in the same folder is not done again', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    await once(other, 'spawn');
    write('.cache/set-up.json', JSON.stringify(identify(other.pid ?? 0)));
    const done: string[] = [];
    let isThere = false;
    const step = {
      name: 'packages',
      missing: async () => (isThere ? undefined : 'npm ci'),
      run: async () => void done.push('packages'),
    };
    const out = screen();
    const said = new Promise<void>((resolve) => {
      const write = (text: string) => {
        out.write(text);
        if (text.includes(`process ${other.pid} sets up the same folder`)) resolve();
      };
      void runSetup({ steps: [step], out: { write }, root: folder }).then(() => out.write('over'));
    });
    await said;
    isThere = true;
    other.kill('SIGKILL');
    await expect.poll(out.text).toMatch(/waiting for it\nset-up: already there: packages\nover$/);
    expect(done).toEqual([]);
  });

  test("a set-up that was killed is in nobody's way", async () => {
    write('.cache/set-up.json', JSON.stringify({ pid: process.pid, startedAtTicks: '1' }));
    const done: string[] = [];
    const step = { name: 'packages', missing: async () => 'npm ci', run: async () => void done.push('packages') };
    await runSetup({ steps: [step], out: screen(), root: folder });
    expect(done).toEqual(['packages']);
  });
});

describe('knowing that something is already done', () => {
  test('a stamp changes with the content and the name of a file, not with what is ignored', () => {
    write('renderer/a.ts', 'one');
    const stamp = () => hashOfFiles({ root: folder, paths: ['renderer', 'lock.json'], ignores: (file) => file.endsWith('.test.ts') });
    const first = stamp();
    write('renderer/a.test.ts', 'a test');
    expect(stamp()).toBe(first);
    write('renderer/a.ts', 'two');
    const second = stamp();
    write('lock.json', '{}');
    expect(new Set([first, second, stamp()]).size).toBe(3);
  });

  test('installed packages match the lock file by version; packages of other platforms may be absent', () => {
    const lock = { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/win': { version: '1.0.0', optional: true } };
    write('package-lock.json', JSON.stringify({ packages: lock }));
    expect(installedMatchesLock(folder)).toBe(false);
    write('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.0' } } }));
    expect(installedMatchesLock(folder)).toBe(true);
    write('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.1' } } }));
    expect(installedMatchesLock(folder)).toBe(false);
  });
});

test('a command that meets a full disk anywhere ends with a sentence and no stack', async () => {
  const setup = JSON.stringify(path.join(import.meta.dirname, 'setup.mjs'));
  const script = `import(${setup}).then(({ tellProblems }) => tellProblems(async () => require('node:fs').writeFileSync('/dev/full', 'x')))`;
  const { code, output } = await runCommand({ file: process.execPath, args: ['-e', script] });
  expect(code).toBe(1);
  expect(output).toMatch(/^\nThe disk is full\. Set-up failed: ENOSPC[^\n]*\n  Left are [^\n]*\n$/);
});

describe('native packages of the lock file', () => {
  const host = { os: 'linux', cpu: 'x64', libc: 'glibc' };
  const native = { version: '1.0.0', optional: true, os: ['linux'], cpu: ['x64'] };

  test.each([
    ['of this machine', native, false],
    ['of this machine, as a word instead of a list', { ...native, os: 'linux', cpu: 'x64' }, false],
    ['of this machine and its C library', { ...native, libc: ['glibc'] }, false],
    ['of another C library', { ...native, libc: ['musl'] }, true],
    ['of another processor', { ...native, cpu: ['arm64'] }, true],
    ['of another system', { ...native, os: ['win32'] }, true],
    ['of no machine in particular', { version: '1.0.0', optional: true }, true],
  ])('%s that npm left out (its Node is too old for it): is that in order?', (_which, locked, isInOrder) => {
    write('package-lock.json', JSON.stringify({ packages: { '': {}, 'node_modules/a': locked } }));
    write('node_modules/.package-lock.json', JSON.stringify({ packages: {} }));
    expect(installedMatchesLock(folder, host)).toBe(isInOrder);
  });
});

describe('what a failure shows of a program', () => {
  test('is its end without the places in the compiler where it was noticed', () => {
    const stack = [
      '    at #build (file:///x/rolldown.mjs:146:34)',
      '    at async Object.build (file:///x/node.js:1:2) {',
      '    at file:///x.mjs:3:4',
      'npm error     at emit (node:events:1:2)',
    ];
    const output = [
      ...Array.from({ length: 20 }, (_, index) => `line ${index}`),
      '\u001b[31mExpected\u001b[0m `}` at index.ts:73:8',
      ...stack.flatMap((line) => [line, line]),
    ].join('\n');
    const lines = lastLines(output).split('\n');
    expect(lines).toHaveLength(15);
    expect(lines.at(-1)).toBe('    Expected `}` at index.ts:73:8');
  });
});

describe('running another program', () => {
  const run = (script: string, timeoutMs = 0) => runCommand({ file: process.execPath, args: ['-e', script], timeoutMs });

  test('keeps what it said and how it ended', async () => {
    expect(await run("console.log('out'); process.exitCode = 3")).toEqual({ code: 3, output: 'out\n', timedOut: false });
  });

  test('a program that hangs is stopped and says so', async () => {
    expect(await run("console.log('still here'); setInterval(() => {}, 1000)", 200)).toMatchObject({ code: 124, timedOut: true });
  });

  test('a program that does not exist is an outcome, not a crash', async () => {
    expect(await runCommand({ file: '/nowhere/program' })).toMatchObject({ code: 127, output: expect.stringContaining('ENOENT') });
  });

  test.each(['SIGKILL', 'SIGHUP', 'SIGTERM', 'SIGINT'] as const)(
    'goes with the one who started it when that one gets %s',
    async (signal) => {
      const { starter, child } = await startedByAnother();
      const closed = once(child, 'close');
      starter.kill(signal);
      await closed;
    },
  );
});

/** A process that runs another one by runCommand; the other one holds a connection to us for as long as it lives. */
async function startedByAnother(): Promise<{ starter: ChildProcess; child: Socket }> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const child = `require('node:net').connect(${port}, '127.0.0.1')`;
  const command = JSON.stringify(path.join(import.meta.dirname, 'setup/command.mjs'));
  const script = `import(${command}).then(({ runCommand }) => runCommand({ file: process.execPath, args: ['-e', ${JSON.stringify(child)}] }))`;
  const starter = spawn(process.execPath, ['-e', script], { stdio: 'ignore' });
  const [socket] = (await once(server, 'connection')) as [Socket];
  server.close();
  socket.on('error', () => {}).resume();
  return { starter, child: socket };
}

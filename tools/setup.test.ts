import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCommand, SetupProblem } from './setup/command.mjs';
import { installedMatchesLock } from './setup/npmPackages.mjs';
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
    await runSetup({ steps: [step('packages', 'npm ci'), step('browser'), step('windows', 'building')], out });
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
    await expect(runSetup({ steps: [failing, after], out: screen() })).rejects.toThrow('No browser.\n  Get one.');
    expect(done).toEqual([]);
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
});

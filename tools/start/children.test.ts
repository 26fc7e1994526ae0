import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startChild } from './children.mjs';

let logFolder = '';
beforeEach(() => (logFolder = mkdtempSync(path.join(tmpdir(), 'children-'))));
afterEach(() => rmSync(logFolder, { recursive: true }));

const ready = `console.log(JSON.stringify({ ready: 'platform', url: 'http://127.0.0.1:1' }));`;
const waits = 'setInterval(() => {}, 1000);';

function startScript({ script, patienceMs }: { script: string; patienceMs?: number }) {
  return startChild({
    name: 'platform',
    file: process.execPath,
    args: ['-e', script],
    logFolder,
    ...(patienceMs === undefined ? {} : { patienceMs }),
  });
}

describe('a process of the room', () => {
  test('is ready when it says so, and everything it says is in its log', async () => {
    const child = startScript({ script: `console.log('first'); console.error('{"level":30,"msg":"listening"}'); ${ready} ${waits}` });
    expect(await child.ready).toBe('http://127.0.0.1:1');
    await child.stop();
    const log = readFileSync(path.join(logFolder, 'platform.log'), 'utf8');
    expect(log.split('\n').filter(Boolean).sort()).toEqual(
      ['first', '{"level":30,"msg":"listening"}', '{"ready":"platform","url":"http://127.0.0.1:1"}'].sort(),
    );
  });

  test('hears what is typed', async () => {
    const keyboard = new PassThrough();
    const script = `process.stdin.on('data', (typed) => console.log(JSON.stringify({ ready: 'platform', url: String(typed) }))); ${waits}`;
    const child = startChild({ name: 'platform', file: process.execPath, args: ['-e', script], logFolder, keyboard });
    keyboard.write('again');
    expect(await child.ready).toBe('again');
    await child.stop();
  });

  test('that ends before it is ready says how', async () => {
    const child = startScript({ script: 'process.exit(7)' });
    await expect(child.ready).rejects.toThrow('platform ended with code 7 before it was ready');
  });

  test('that cannot be started says why', async () => {
    const child = startChild({ name: 'room', file: '/nowhere/node', args: [], logFolder });
    await expect(child.ready).rejects.toThrow(/^room could not be started: .*ENOENT/);
    await child.stop();
  });

  test('may end in its own way when it is stopped', async () => {
    const child = startScript({ script: `process.on('SIGTERM', () => process.exit(0)); ${ready} ${waits}` });
    await child.ready;
    await child.stop();
    expect(await child.ended).toBe('ended with code 0');
  });

  test('is killed when it does not end in time, together with what it started', async () => {
    const script = `
      const { spawn } = require('node:child_process');
      process.on('SIGTERM', () => {});
      const grandchild = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
      console.log(JSON.stringify({ ready: 'platform', url: String(grandchild.pid) })); ${waits}`;
    const child = startScript({ script, patienceMs: 50 });
    const grandchildPid = Number(await child.ready);
    await child.stop();
    expect(await child.ended).toBe('was ended by SIGKILL');
    // The signal is sent to the whole group at once; the kernel needs a moment to take a process away.
    while (isRunning(grandchildPid)) await once(AbortSignal.timeout(10), 'abort');
  });
});

/** A zombie (state Z) runs no more; in a container nobody may be there to collect it. */
function isRunning(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2)[0] !== 'Z';
  } catch {
    return false;
  }
}

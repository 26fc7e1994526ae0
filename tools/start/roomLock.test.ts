import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { endLeftOvers, forgetRoom, recordRoom, runningRoom } from './roomLock.mjs';

let folder = '';
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'room-lock-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Rewrites the record as though the starter had died and its pid belonged to nobody or somebody else. */
function pretendStarterDied() {
  const file = path.join(folder, 'start.json');
  const record = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...record, starter: { ...record.starter, startedAtTicks: '1' } }));
}

describe('two starts on one data folder', () => {
  test('the second one sees the first', () => {
    recordRoom({ dataFolder: folder, childPids: [] });
    expect(runningRoom(folder)).toBe(process.pid);
  });

  test('nobody is seen after an orderly end', () => {
    recordRoom({ dataFolder: folder, childPids: [] });
    forgetRoom(folder);
    expect(runningRoom(folder)).toBeUndefined();
  });

  test('a pid that was given to another process since is not mistaken for a room', () => {
    recordRoom({ dataFolder: folder, childPids: [process.pid] });
    pretendStarterDied();
    expect(runningRoom(folder)).toBeUndefined();
  });

  test('a record cut short by a power failure counts as none', () => {
    writeFileSync(path.join(folder, 'start.json'), '{"starter":{"pi');
    expect([runningRoom(folder), endLeftOvers(folder)]).toEqual([undefined, 0]);
  });
});

describe('a start after the starter was killed', () => {
  test('ends the processes it left behind', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
    await once(child, 'spawn');
    recordRoom({ dataFolder: folder, childPids: [child.pid ?? 0] });
    pretendStarterDied();
    const exited = once(child, 'exit');
    expect(endLeftOvers(folder)).toBe(1);
    expect(await exited).toEqual([null, 'SIGKILL']);
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { openDummyDisplays } from '#test/builders/dummyDisplays.ts';

const root = path.resolve(import.meta.dirname, '../..');
const binary = path.join(root, 'node_modules/electron/dist/electron');
const main = path.join(root, 'dist/electron/index.js');
const missing = [binary, main].filter((file) => !existsSync(file));

/** A container run by root has no sandbox for Electron; every screen says so then. */
const sandboxSwitches = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

describe('the room in the real Electron', () => {
  if (missing.length > 0) {
    console.warn(`NOT TRIED with the real Electron: ${missing.map((file) => path.relative(root, file)).join(' and ')} is not there`);
  }

  test.skipIf(missing.length > 0)('opens the console and says that it is ready', async () => {
    const displays = await openDummyDisplays();
    const data = await mkdtemp(path.join(tmpdir(), 'commandwall-electron-'));
    const args = [...sandboxSwitches, main, '--data', data, '--platform', 'http://127.0.0.1:9', '--lang', 'en'];
    const room = spawn(binary, args, { env: { ...process.env, ...displays.env }, stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(createInterface({ input: room.stdout }), 'line');
    room.kill('SIGTERM');
    await once(room, 'exit');
    await displays.close();
    await rm(data, { recursive: true, force: true });
    expect(JSON.parse(line)).toEqual({ ready: 'room', url: 'http://127.0.0.1:9' });
  });

  test.skipIf(missing.length > 0)('does not start with a debugging port', async () => {
    const args = [...sandboxSwitches, main, '--data', 'unused', '--platform', 'http://127.0.0.1:9', '--remote-debugging-port=9222'];
    const room = spawn(binary, args, { stdio: 'ignore' });
    expect(await once(room, 'exit')).toEqual([1, null]);
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runningPlatform, takeDataFolder } from './dataFolder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'taken-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a data folder belongs to one at a time, and says who answers for it', () => {
  const first = takeDataFolder(folder);
  first?.announce({ url: 'http://127.0.0.1:1', pid: 7 });
  const second = takeDataFolder(folder);
  const running = runningPlatform(folder);
  first?.release();
  const third = takeDataFolder(folder);
  expect([second, running, third === null, runningPlatform(folder)]).toEqual([null, { url: 'http://127.0.0.1:1', pid: 7 }, false, null]);
  third?.release();
});

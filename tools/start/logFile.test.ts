import { mkdirSync, mkdtempSync, readFileSync, rmSync, rmdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLogFile } from './logFile.mjs';

let folder = '';
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'log-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const file = () => path.join(folder, 'platform.log');

test('a log goes on behind what an earlier run wrote', () => {
  openLogFile({ folder, name: 'platform' })('first');
  openLogFile({ folder, name: 'platform' })('second');
  expect(readFileSync(file(), 'utf8')).toBe('first\nsecond\n');
});

test('a log stays within its bounds while it is written, not only at the next start', () => {
  const write = openLogFile({ folder, name: 'platform', limitBytes: 1_000 });
  for (let line = 0; line < 500; line += 1) write('x'.repeat(99));
  expect([statSync(file()).size <= 1_100, statSync(`${file()}.1`).size <= 1_100]).toEqual([true, true]);
});

test('a disk that refuses is said once, stops nothing, and leaves a mark in the log when it takes lines again', () => {
  const said: string[] = [];
  const write = openLogFile({ folder, name: 'platform', say: (text) => said.push(text) });
  // A folder where the file should be: no line can be written, whoever asks.
  mkdirSync(file());
  for (const line of ['lost', 'lost too']) write(line);
  rmdirSync(file());
  write('kept');
  expect(said).toEqual([expect.stringContaining(`the log ${file()} cannot be written: `)]);
  expect(readFileSync(file(), 'utf8')).toBe('(2 lines are missing here: they could not be written)\nkept\n');
});

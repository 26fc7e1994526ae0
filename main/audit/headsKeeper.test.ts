import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SignedHeads } from '#contract/audit/index.ts';
import { createHeadsKeeper } from './headsKeeper.ts';

const dayMs = 24 * 60 * 60 * 1000;
const firstDayMs = Date.UTC(2026, 0, 1, 12);
const silent = () => {};
const said: string[] = [];
const log = { debug: silent, info: silent, warn: (_fields: object, message: string) => void said.push(message), error: silent };
const signedAt = (atMs: number) => ({ atMs, keyId: '00', heads: [] }) as unknown as SignedHeads;

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'heads-'))));
afterEach(() => rmSync(folder, { recursive: true }));

test('what the platform signs is appended to the file of its day, in order', async () => {
  const keeper = createHeadsKeeper({ folder, log });
  await Promise.all([0, 1, 2].map((minute) => keeper.keep(signedAt(firstDayMs + minute * 60_000))));
  await createHeadsKeeper({ folder, log }).keep(signedAt(firstDayMs + 180_000));
  const lines = readFileSync(path.join(folder, '2026-01-01.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  expect(lines.map((line) => ((JSON.parse(line) as SignedHeads).atMs - firstDayMs) / 60_000)).toEqual([0, 1, 2, 3]);
});

test('days are kept for thirty days, and nothing else in the folder is touched', async () => {
  writeFileSync(path.join(folder, 'note.txt'), '');
  const keeper = createHeadsKeeper({ folder, log });
  for (let day = 0; day < 40; day += 1) await keeper.keep(signedAt(firstDayMs + day * dayMs));
  const days = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .toSorted();
  expect([days.length, days[0], days.at(-1), readdirSync(folder).includes('note.txt')]).toEqual([
    31,
    '2026-01-10.jsonl',
    '2026-02-09.jsonl',
    true,
  ]);
});

test('whoever has closed it may take the folder away: nothing is written any more', async () => {
  const keeper = createHeadsKeeper({ folder, log });
  void keeper.keep(signedAt(firstDayMs));
  await keeper.close();
  expect(readdirSync(folder).toSorted()).toEqual(['2026-01-01.jsonl', 'format.json']);
});

test('a folder that cannot be written is said, and the desk goes on', async () => {
  writeFileSync(path.join(folder, 'file'), '');
  await createHeadsKeeper({ folder: path.join(folder, 'file'), log }).keep(signedAt(firstDayMs));
  expect(said).toEqual(['signed heads could not be kept']);
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CameraId } from '#contract/values/index.ts';
import { openCameraVotes } from './cameraVotes.ts';

let folder = '';
const errors: unknown[] = [];
const log = { debug() {}, info() {}, warn() {}, error: (fields: unknown) => void errors.push(fields) };
const open = () => openCameraVotes({ file: path.join(folder, 'votes.json'), log });
const up = { cameraId: 'k-1' as CameraId, at: [108, 33], word: 'up' } as const;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'commandwall-votes-'));
  errors.length = 0;
});
afterEach(() => rm(folder, { recursive: true }));

test('words about cameras are there after a restart, in the order in which they were said', async () => {
  const first = await open();
  const down = { ...up, cameraId: 'k-2' as CameraId, word: 'down' } as const;
  await Promise.all([first.vote(up), first.vote(down), first.vote({ ...up, word: 'none' })]);
  expect([first.votes(), (await open()).votes()]).toEqual([[down], [down]]);
});

test('a file that nobody can read is forgotten, one of a newer program stops the start', async () => {
  await writeFile(path.join(folder, 'votes.json'), '{"version":1,"votes":[{"cameraId":7}]}');
  expect((await open()).votes()).toEqual([]);
  await writeFile(path.join(folder, 'votes.json'), '{"version":2,"votes":[]}');
  await expect(open()).rejects.toThrow('newer version');
});

test('a disk that takes nothing is told to the log, and the word holds until the room ends', async () => {
  const votes = await openCameraVotes({ file: '/dev/null/votes.json', log });
  await votes.vote(up);
  expect([votes.votes(), errors.length]).toEqual([[up], 1]);
});

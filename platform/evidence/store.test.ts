import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EvidenceId } from '#contract/evidence/index.ts';
import type { Actor } from '#contract/record/index.ts';
import { openEvidenceKey } from './evidenceKey.ts';
import { createPassingEvidence } from './memoryStore.ts';
import { openSealedFiles } from './sealedFiles.ts';
import { EvidenceDiskFull, type EvidenceStore } from './store.ts';

const [wang, li] = ['person/wang', 'person/li'] as Actor[] as [Actor, Actor];
const newId = () => EvidenceId.parse(randomUUID());
// What a photograph begins and ends with, and enough between to be looked for.
const picture = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from('JFIF'.repeat(2_000)), Buffer.from([0xff, 0xd9])]);

let root: string;
beforeEach(() => void (root = mkdtempSync(path.join(tmpdir(), 'evidence-'))));
afterEach(() => rmSync(root, { recursive: true }));

const folder = () => path.join(root, 'evidence');
const files = (hasRoom = async () => true) => openSealedFiles({ folder: folder(), key: openEvidenceKey(root), hasRoom });
const fileOf = (id: string, ending: string) => path.join(folder(), `${id}.${ending}`);

describe.each([
  ['in files', () => files()],
  ['in memory', () => createPassingEvidence()],
] as [string, () => EvidenceStore][])('a store %s', (_, open) => {
  test('gives back what was put, lists it by owner, and has nothing of it after it was erased', async () => {
    const store = open();
    const [first, second] = [newId(), newId()];
    await store.put({ evidenceId: first, owner: wang, bytes: picture });
    await store.put({ evidenceId: second, owner: li, bytes: Buffer.from('x') });
    const before = [await store.open(first), await store.list(wang), (await store.list()).length];
    await store.erase(first);
    await store.erase(first);
    expect([before, await store.open(first), await store.open(newId()), await store.list()]).toEqual([
      [picture, [{ evidenceId: first, owner: wang }], 2],
      null,
      null,
      [{ evidenceId: second, owner: li }],
    ]);
  });
});

describe('files', () => {
  test('hold no byte of the picture, are their owner’s alone, and are read again after a restart', async () => {
    const evidenceId = newId();
    await files().put({ evidenceId, owner: wang, bytes: picture });
    const lying = readdirSync(folder()).map((name) => readFileSync(path.join(folder(), name)));
    expect(lying.map((bytes) => [bytes.includes('JFIF'), bytes.subarray(0, 3).equals(picture.subarray(0, 3))])).toEqual([
      [false, false],
      [false, false],
    ]);
    expect(Buffer.from((await files().open(evidenceId)) ?? [])).toEqual(picture);
  });

  test.each(['key', 'sealed'])('with one changed byte (%s) are told from what was put', async (ending) => {
    const evidenceId = newId();
    await files().put({ evidenceId, owner: wang, bytes: picture });
    const file = fileOf(evidenceId, ending);
    const bytes = readFileSync(file);
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    await expect(files().open(evidenceId)).rejects.toThrow('authenticate');
  });

  test('of one picture open under no other name, and under no other platform’s key', async () => {
    const [first, second] = [newId(), newId()];
    await files().put({ evidenceId: first, owner: wang, bytes: picture });
    for (const ending of ['key', 'sealed']) writeFileSync(fileOf(second, ending), readFileSync(fileOf(first, ending)));
    await expect(files().open(second)).rejects.toThrow('authenticate');
    rmSync(path.join(root, 'evidence.key'));
    await expect(files().open(first)).rejects.toThrow('authenticate');
  });

  test('of an erased picture open nothing when the sealed one is put back from somewhere', async () => {
    const evidenceId = newId();
    const store = files();
    await store.put({ evidenceId, owner: wang, bytes: picture });
    const copy = readFileSync(fileOf(evidenceId, 'sealed'));
    await store.erase(evidenceId);
    expect(readdirSync(folder())).toEqual([]);
    writeFileSync(fileOf(evidenceId, 'sealed'), copy);
    expect([await store.open(evidenceId), await store.list()]).toEqual([null, [{ evidenceId, owner: null }]]);
  });

  test('are not begun where what is left of the disk is for the record', async () => {
    await expect(files(async () => false).put({ evidenceId: newId(), owner: wang, bytes: picture })).rejects.toThrow(EvidenceDiskFull);
    expect(readdirSync(folder())).toEqual([]);
  });

  test('of a key that is none are not opened at all', () => {
    writeFileSync(path.join(root, 'evidence.key'), 'no key');
    expect(() => files()).toThrow('no key of 64 hex digits');
  });
});

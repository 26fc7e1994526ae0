import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LinkLog } from '#contract/link/index.ts';
import { lockFolder } from './folderLock.ts';
import { type JournalFormat, openJournalFile, sinceUnnamed } from './journalFile.ts';

const format: JournalFormat = { name: 'test', lifts: [sinceUnnamed] };
let folder: string;
let said: string[];
const log: LinkLog = {
  debug: () => {},
  info: () => {},
  warn: (_fields, message) => void said.push(`warn ${message}`),
  error: (_fields, message) => void said.push(`error ${message}`),
};

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'storage-'));
  said = [];
});
afterEach(() => rm(folder, { recursive: true }));

describe('a journal', () => {
  const file = () => path.join(folder, 'journal.jsonl');
  const open = () => openJournalFile({ file: file(), log, format });
  async function written(...records: object[]) {
    const journal = open();
    await journal.load();
    for (const record of records) await journal.append([record]);
    await journal.close();
  }
  async function reloaded() {
    const journal = open();
    const records = await journal.load();
    return { journal, records };
  }

  test('gives back what was appended, in order, also after it was rewritten short', async () => {
    await written({ n: 1 }, { n: 2, text: '上墙\n' });
    const { journal, records } = await reloaded();
    await journal.rewrite([{ base: 2 }]);
    await journal.append([{ n: 3 }, { n: 4 }]);
    await journal.close();
    expect([records, (await reloaded()).records, said]).toEqual([
      [{ n: 1 }, { n: 2, text: '上墙\n' }],
      [{ base: 2 }, { n: 3 }, { n: 4 }],
      [],
    ]);
  });

  test('refuses what comes after it was closed, and leaves the folder alone', async () => {
    const journal = open();
    await journal.load();
    await journal.close();
    const late = await Promise.allSettled([journal.append([{ n: 1 }]), journal.rewrite([{ n: 1 }])]);
    expect([late.map(({ status }) => status), await readdir(folder)]).toEqual([['rejected', 'rejected'], []]);
  });

  test('cuts off a record that was torn by a power cut, says so, and goes on behind the last whole one', async () => {
    await written({ n: 1 }, { n: 2 }, { n: 3 });
    await truncate(file(), (await readFile(file())).length - 5);
    const { journal, records } = await reloaded();
    await journal.append([{ n: 4 }]);
    await journal.close();
    expect([records, (await reloaded()).records]).toEqual([
      [{ n: 1 }, { n: 2 }],
      [{ n: 1 }, { n: 2 }, { n: 4 }],
    ]);
    expect(said).toEqual(['warn the last record was torn by a power cut or a kill: it is cut off']);
  });

  test('cuts off a last line of zeros, as some file systems leave it', async () => {
    await written({ n: 1 });
    await appendFile(file(), Buffer.alloc(300));
    expect([(await reloaded()).records, said.length]).toEqual([[{ n: 1 }], 1]);
  });

  test('keeps the whole file aside when a record in the middle was changed', async () => {
    await written({ n: 1 }, { n: 2 }, { n: 3 });
    await writeFile(file(), (await readFile(file(), 'utf8')).replace('"n":2', '"n":7'));
    const { records } = await reloaded();
    expect([records, (await readdir(folder)).toSorted(), said]).toEqual([
      [{ n: 1 }],
      ['journal.jsonl', 'journal.jsonl.damaged'],
      ['error a journal is damaged: what follows the damage is cut off, the whole file is kept aside'],
    ]);
  });

  test('refuses an append that the disk refuses, and has nothing of it afterwards', async () => {
    await written({ n: 1 });
    // Every write to it fails with ENOSPC; a disk that is full behaves like this.
    const full = openJournalFile({ file: '/dev/full', log, format });
    await expect(full.append([{ n: 2 }])).rejects.toThrow(/ENOSPC|EINVAL/);
    expect((await reloaded()).records).toEqual([{ n: 1 }]);
  });
});

describe('a folder', () => {
  test('is locked by one process at a time, and free again when it was released', async () => {
    const lock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toThrow(`a room already runs on ${folder} (process ${process.pid})`);
    await lock.release();
    await (await lockFolder(folder)).release();
    expect(await readdir(folder)).toEqual([]);
  });

  test('is taken over from a process that is dead, or whose number another one has now', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    const stale = [`{"pid":${child.pid},"startedAtTicks":"1"}`, `{"pid":${process.pid},"startedAtTicks":"1"}`, 'half writ'];
    for (const text of stale) {
      await writeFile(path.join(folder, 'room.lock'), text);
      await (await lockFolder(folder)).release();
    }
    expect(await readdir(folder)).toEqual([]);
  });
});

import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LinkLog } from '#contract/link/index.ts';
import type { FileFormat } from './fileFormat.ts';
import { type JournalFormat, openJournalFile, sinceUnnamed } from './journalFile.ts';
import { readVersionedJson } from './jsonFile.ts';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(path.join(tmpdir(), 'formats-'))));
afterEach(() => rm(folder, { recursive: true }));

const said: string[] = [];
const tell = (_fields: object, message: string) => void said.push(message);
const log: LinkLog = { debug: tell, info: tell, warn: tell, error: tell };

/** The format as version `version` of an invented program had it: each version counts one higher in every record. */
function formatOf(version: number): JournalFormat {
  const raise = (records: readonly unknown[]) => (records as { n: number }[]).map(({ n }) => ({ n: n + 1 }));
  return { name: 'wall', lifts: [sinceUnnamed, ...Array.from({ length: version - 1 }, () => raise)] };
}

describe('a journal', () => {
  const file = () => path.join(folder, 'journal.jsonl');
  async function loaded(format: JournalFormat, ...appended: object[]) {
    const journal = openJournalFile({ file: file(), log, format });
    try {
      const records = await journal.load();
      if (appended.length > 0) await journal.append(appended);
      return records;
    } finally {
      await journal.close();
    }
  }

  test('is lifted from every version before, with a copy of what it was, and goes on in the new one', async () => {
    for (const from of [1, 2, 3]) {
      await rm(file(), { force: true });
      await loaded(formatOf(from), { n: 10 }, { n: 20 });
      const before = await readFile(file());
      const lifted = await loaded(formatOf(4), { n: 0 });
      expect(lifted).toEqual([{ n: 14 - from }, { n: 24 - from }]);
      expect(await readFile(`${file()}.before-v4`)).toEqual(before);
      expect(await loaded(formatOf(4))).toEqual([...lifted, { n: 0 }]);
      await rm(`${file()}.before-v4`);
    }
  });

  test('from before journals named their version is read, copied and named', async () => {
    await loaded(formatOf(1), { n: 1 }, { n: 2 });
    const lines = (await readFile(file(), 'utf8')).split('\n').slice(1);
    await writeFile(file(), lines.join('\n'));
    expect(await loaded(formatOf(1))).toEqual([{ n: 1 }, { n: 2 }]);
    expect((await readFile(file(), 'utf8')).split('\n')[0]).toContain('{"$journal":"wall","version":1}');
    expect(await readFile(`${file()}.before-v1`, 'utf8')).toBe(lines.join('\n'));
  });

  test('of a newer version is refused with its name, its version and ours, and stays as it is, torn end included', async () => {
    await loaded(formatOf(3), { n: 1 });
    await writeFile(file(), Buffer.concat([await readFile(file()), Buffer.from('half a li')]));
    const before = await readFile(file());
    await expect(loaded(formatOf(2), { n: 2 })).rejects.toThrow(
      `${file()} was written by a newer version of this program (wall, version 3; this one knows 2). Nothing was changed`,
    );
    expect([await readFile(file()), await readdir(folder)]).toEqual([before, ['journal.jsonl']]);
  });

  test('keeps three copies at most, the newest', async () => {
    await loaded(formatOf(1), { n: 1 });
    for (const version of [2, 3, 4, 5, 6]) await loaded(formatOf(version));
    const copies = (await readdir(folder)).filter((name) => name.includes('before'));
    expect(copies.toSorted()).toEqual([4, 5, 6].map((version) => `journal.jsonl.before-v${version}`));
  });
});

describe('a versioned JSON file', () => {
  const file = () => path.join(folder, 'settings.json');
  const format: FileFormat<unknown> = { name: 'settings', lifts: [() => null, (old) => ({ ...(old as object), version: 2, added: true })] };

  test('is lifted in place, with a copy that nobody else may read either', async () => {
    await writeFile(file(), '{"version":1,"language":"en"}', { mode: 0o600 });
    const newest = { version: 2, language: 'en', added: true };
    expect(await readVersionedJson({ file: file(), format })).toEqual(newest);
    expect(JSON.parse(await readFile(file(), 'utf8'))).toEqual(newest);
    expect([await readFile(`${file()}.before-v2`, 'utf8'), (await stat(`${file()}.before-v2`)).mode & 0o777]).toEqual([
      '{"version":1,"language":"en"}',
      0o600,
    ]);
  });

  test('of a newer version is refused and not touched; a garbled one counts as none', async () => {
    await writeFile(file(), '{"version":3}');
    await expect(readVersionedJson({ file: file(), format })).rejects.toThrow('settings, version 3; this one knows 2');
    expect([await readFile(file(), 'utf8'), await readdir(folder)]).toEqual(['{"version":3}', ['settings.json']]);
    for (const garbled of ['{"version":', '[]', '"x"', '{"version":-1}']) {
      await writeFile(file(), garbled);
      expect([await readVersionedJson({ file: file(), format }), await readFile(file(), 'utf8')]).toEqual([null, garbled]);
    }
  });
});

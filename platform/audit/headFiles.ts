import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { signedHeadsLimits } from '#contract/audit/index.ts';
import type { HeadList, HeadLists } from './headSigner.ts';

const dayMs = 24 * 60 * 60 * 1000;
const dayFile = /^\d{4}-\d{2}-\d{2}\.jsonl$/;

/** Head lists in one file per day (UTC), one JSON line each, kept as long as desks keep theirs. A list is written when it has changed. */
export function createHeadFiles(folder: string): HeadLists {
  let written = { day: '', heads: '' };
  let last: Promise<void> = Promise.resolve();

  async function write({ atMs, heads }: HeadList): Promise<void> {
    const day = dayOf(atMs);
    const text = JSON.stringify(heads);
    if (day === written.day && text === written.heads) return;
    await mkdir(folder, { recursive: true });
    // A line that the process before this one could not finish stays a line of its own, and is passed over by the check.
    const begin = written.day === '' ? '\n' : '';
    await appendDurably(path.join(folder, `${day}.jsonl`), `${begin}{"atMs":${atMs},"heads":${text}}\n`);
    if (day !== written.day) await dropBefore({ folder, day: dayOf(atMs - signedHeadsLimits.keptDays * dayMs) });
    written = { day, heads: text };
  }

  return {
    keep(list) {
      last = last.catch(() => {}).then(() => write(list));
      return last;
    },
  };
}

/** Head lists that are kept nowhere: for records in memory. */
export const forgottenHeadLists: HeadLists = { keep: async () => {} };

/** Every line of a folder's day files, oldest first, parsed; torn ones are left out. None without the folder. */
export async function* readDayFiles(folder: string): AsyncGenerator<unknown> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((each) => dayFile.test(each)).toSorted()) {
    for await (const line of createInterface({ input: createReadStream(path.join(folder, name)), crlfDelay: Infinity })) {
      const value = parsed(line);
      if (value !== undefined) yield value;
    }
  }
}

async function appendDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, 'a', 0o600);
  try {
    await handle.appendFile(text);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

async function dropBefore({ folder, day }: { folder: string; day: string }): Promise<void> {
  for (const name of await readdir(folder)) {
    if (dayFile.test(name) && name.slice(0, day.length) < day) await rm(path.join(folder, name));
  }
}

function dayOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}

import { appendFileSync, closeSync, existsSync, fsyncSync, openSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { ErasureReason, ParticularsReference } from '#contract/record/index.ts';
import { EpochMs } from '#contract/values/index.ts';

/** One text that is gone for good: which, since when, why. It says nothing of what the text was. */
export const Erasure = z.strictObject({ reference: ParticularsReference, atMs: EpochMs, reason: ErasureReason });
export type Erasure = z.infer<typeof Erasure>;

/** What was ever erased, kept beside the database and never in it: an older database that is put back learns from it what must go again. */
export type ErasureList = {
  read(): readonly Erasure[];
  /** On the disk when it returns. Throws when it is not. */
  append(erasures: readonly Erasure[]): void;
};

/** The list's file name in a data folder. */
export const erasureListName = 'erasures.jsonl';

/** A list in a file of lines, only ever appended to. A line that a power cut has torn is passed over. */
export function createErasureFile(file: string): ErasureList {
  return {
    read: () => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').flatMap(readLine) : []),
    append(erasures) {
      if (erasures.length === 0) return;
      const handle = openSync(file, 'a', 0o600);
      try {
        // A torn line before it must not swallow the first of these.
        appendFileSync(handle, `\n${erasures.map((erasure) => JSON.stringify(erasure)).join('\n')}\n`);
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
    },
  };
}

/** A list that is forgotten with the process. */
export function createPassingErasures(): ErasureList {
  const kept: Erasure[] = [];
  return { read: () => kept, append: (erasures) => void kept.push(...erasures) };
}

function readLine(line: string): readonly Erasure[] {
  if (line === '') return [];
  try {
    const parsed = Erasure.safeParse(JSON.parse(line));
    return parsed.success ? [parsed.data] : [];
  } catch {
    return [];
  }
}

import { appendFileSync, closeSync, existsSync, fsyncSync, openSync, readFileSync } from 'node:fs';
import type { z } from 'zod';

/**
 * What must outlive the database that it is about, kept beside it in a file of JSON lines that is only ever appended to: an older database
 * that is put back learns from it what must not come back with it.
 */
export type LastingList<Row> = {
  /** Oldest first. */
  read(): readonly Row[];
  /** On the disk when it returns. Throws when it is not. */
  append(rows: readonly Row[]): void;
};

/** A list in a file. A line that a power cut has torn, or that is none of these, is passed over. */
export function createLastingFile<Row>({ file, row }: { file: string; row: z.ZodType<Row> }): LastingList<Row> {
  return {
    read: () => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').flatMap(readLine(row)) : []),
    append(rows) {
      if (rows.length === 0) return;
      const handle = openSync(file, 'a', 0o600);
      try {
        // A torn line before it must not swallow the first of these.
        appendFileSync(handle, `\n${rows.map((each) => JSON.stringify(each)).join('\n')}\n`);
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
    },
  };
}

/** A list that is forgotten with the process. */
export function createPassingList<Row>(): LastingList<Row> {
  const kept: Row[] = [];
  return { read: () => kept, append: (rows) => void kept.push(...rows) };
}

function readLine<Row>(row: z.ZodType<Row>): (line: string) => readonly Row[] {
  return (line) => {
    if (line === '') return [];
    try {
      const parsed = row.safeParse(JSON.parse(line));
      return parsed.success ? [parsed.data] : [];
    } catch {
      return [];
    }
  };
}

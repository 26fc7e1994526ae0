import { copyFile, type FileHandle, mkdir, open, readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { createSerial, type LinkLog } from '#contract/link/index.ts';
import { sha256 } from '#main/machine/index.ts';
import { copyBeforeLift, type FileFormat, lifted, ownVersion, refuseNewer } from './fileFormat.ts';

/** What a journal holds; lifts turn all its records into those of the next version. */
export type JournalFormat = FileFormat<readonly unknown[]>;

/** A journal of before journals named their version has the same records as version 1. */
export const sinceUnnamed: JournalFormat['lifts'][number] = (records) => records;

/** An append-only journal of JSON records that survives kill -9 and a power cut. One writer. */
export type JournalFile = {
  /**
   * Every whole record in order, in the shape of this program's version. Once, before anything is written. A torn tail is cut off and said
   * in the log; an older journal is copied and lifted; a newer one rejects with a sentence and stays as it is.
   */
  load(): Promise<readonly unknown[]>;
  /** Resolves when all records are on the disk (fsync); rejects with the disk's error, and then none of them will be loaded. */
  append(records: readonly object[]): Promise<void>;
  /** Replaces the whole journal by these records, all or nothing. */
  rewrite(records: readonly object[]): Promise<void>;
  /** Resolves when nothing is written any more; what is asked for after it rejects. */
  close(): Promise<void>;
};

/**
 * A journal in one file: a line is the first 16 hex digits of the record's SHA-256, a space, the record. The first line names the format
 * and its version.
 */
export function openJournalFile({ file, log, format }: { file: string; log: LinkLog; format: JournalFormat }): JournalFile {
  let handle: FileHandle | null = null;
  // Up to here the file is good; what a failed write left behind it is cut off before the next one.
  let goodLength = 0;
  const heading = { $journal: format.name, version: ownVersion(format) };
  // Lifted records that could not be written yet; nothing is appended behind older ones.
  let unwritten: readonly object[] | null = null;

  async function load(): Promise<readonly unknown[]> {
    await mkdir(path.dirname(file), { recursive: true });
    const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return Buffer.alloc(0);
      throw error;
    });
    const { records, length, isTorn } = wholeRecords(bytes);
    const { found, own } = withoutHeading(records);
    refuseNewer({ file, found, format });
    goodLength = length;
    if (length < bytes.length) await sayCut({ bytes, length, isTorn });
    return own.length > 0 && found < heading.version ? await lift({ found, own }) : own;
  }

  async function lift({ found, own }: { found: number; own: readonly unknown[] }): Promise<readonly unknown[]> {
    const newest = lifted({ content: own, found, format });
    unwritten = newest as readonly object[];
    await writeLifted().catch((error: unknown) =>
      log.error({ err: error, file }, 'a journal could not be lifted; it cannot be written for now'),
    );
    return newest;
  }

  async function writeLifted(): Promise<void> {
    if (unwritten === null) return;
    await copyBeforeLift({ file, version: heading.version });
    await rewrite(unwritten);
  }

  async function sayCut({ bytes, length, isTorn }: { bytes: Buffer; length: number; isTorn: boolean }): Promise<void> {
    const lost = bytes.length - length;
    // Only the last line can be torn by a power cut; damage before it is something else, and somebody will want to look at it.
    if (isTorn) return log.warn({ file, lost }, 'the last record was torn by a power cut or a kill: it is cut off');
    const aside = `${file}.damaged`;
    await copyFile(file, aside);
    log.error({ file, lost, aside }, 'a journal is damaged: what follows the damage is cut off, the whole file is kept aside');
  }

  async function writable(): Promise<FileHandle> {
    if (handle === null) {
      const opened = await open(file, 'a', 0o600);
      handle = opened;
      await syncFolder();
    }
    const { size } = await handle.stat();
    if (size > goodLength) await handle.truncate(goodLength);
    return handle;
  }

  // A new file's name is only as durable as its folder.
  async function syncFolder(): Promise<void> {
    const folder = await open(path.dirname(file), 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }

  async function append(records: readonly object[]): Promise<void> {
    await writeLifted();
    const lines = goodLength === 0 ? [heading, ...records] : records;
    const bytes = Buffer.from(lines.map(toLine).join(''), 'utf8');
    try {
      const opened = await writable();
      await opened.appendFile(bytes);
      await opened.datasync();
    } catch (error) {
      // At once, not at the next write: whoever is killed now must not find at the next start what he was told is not there.
      await handle?.truncate(goodLength).catch(() => {});
      await close();
      throw error;
    }
    goodLength += bytes.length;
  }

  async function rewrite(records: readonly object[]): Promise<void> {
    const bytes = Buffer.from([heading, ...records].map(toLine).join(''), 'utf8');
    await close();
    await writeFileAtomic(file, bytes, { mode: 0o600 });
    unwritten = null;
    goodLength = bytes.length;
    await syncFolder();
  }

  async function close(): Promise<void> {
    const opened = handle;
    handle = null;
    await opened?.close().catch((error: unknown) => log.warn({ err: error, file }, 'a journal did not close'));
  }

  const inTurn = createSerial();
  let isClosed = false;
  const whileOpen = (write: () => Promise<void>) =>
    inTurn(async () => {
      // It would make the file anew in a folder that may be somebody else's by now.
      if (isClosed) throw new Error(`${file} is closed`);
      await write();
    });
  return {
    load: () => inTurn(load),
    append: (records) => whileOpen(() => append(records)),
    rewrite: (records) => whileOpen(() => rewrite(records)),
    close: () =>
      inTurn(async () => {
        isClosed = true;
        await close();
      }),
  };
}

const Heading = z.strictObject({ $journal: z.string(), version: z.int().min(1) });

function withoutHeading(records: readonly unknown[]): { found: number; own: readonly unknown[] } {
  const heading = Heading.safeParse(records[0]);
  return heading.success ? { found: heading.data.version, own: records.slice(1) } : { found: 0, own: records };
}

function toLine(record: object): string {
  const text = JSON.stringify(record);
  return `${checksum(text)} ${text}\n`;
}

function checksum(text: string): string {
  return sha256(text).slice(0, 16);
}

function wholeRecords(bytes: Buffer): { records: unknown[]; length: number; isTorn: boolean } {
  const records: unknown[] = [];
  let length = 0;
  while (length < bytes.length) {
    const end = bytes.indexOf(0x0a, length);
    const record = end < 0 ? undefined : parseLine(bytes.toString('utf8', length, end));
    if (record === undefined) return { records, length, isTorn: end < 0 || end === bytes.length - 1 };
    records.push(record);
    length = end + 1;
  }
  return { records, length, isTorn: false };
}

function parseLine(line: string): unknown {
  const text = line.slice(17);
  return line.slice(0, 16) === checksum(text) && line[16] === ' ' ? JSON.parse(text) : undefined;
}

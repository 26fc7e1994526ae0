import { appendFile, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { type SignedHeads, signedHeadsLimits } from '#contract/audit/index.ts';
import { createSerial, type LinkLog } from '#contract/link/index.ts';
import { type FileFormat, readVersionedJson, writeJsonFile } from '#main/storage/index.ts';

/** Keeps what the platform signs, for whoever checks the platform's record later. */
export type HeadsKeeper = {
  /** Appends; never rejects. A desk whose disk is full goes on, and says so in the log. */
  keep(signed: SignedHeads): Promise<void>;
  /** Resolves when everything that was given to `keep` is written. */
  close(): Promise<void>;
};

const dayMs = 24 * 60 * 60 * 1000;
/** Beside the day files; a folder without one is from before and has the same lines. */
const formatFile = 'format.json';
const format: FileFormat<unknown> = { name: 'signed heads', lifts: [() => null] };

const dayFile = /^\d{4}-\d{2}-\d{2}\.jsonl$/;

/**
 * One file of JSON lines per day (UTC, the platform's clock), 30 of them. Without fsync: what a power cut takes here is a minute or two of
 * many, and every other desk has them too.
 */
export function createHeadsKeeper({ folder, log }: { folder: string; log: LinkLog }): HeadsKeeper {
  const inTurn = createSerial();
  let writtenDay = '';
  let formatNamed: Promise<void> | null = null;

  async function nameFormat(): Promise<void> {
    const file = path.join(folder, formatFile);
    if ((await readVersionedJson({ file, format })) === null) await writeJsonFile(file, { version: 1 });
  }

  async function write(signed: SignedHeads): Promise<void> {
    const day = dayOf(signed.atMs);
    await mkdir(folder, { recursive: true });
    await (formatNamed ??= nameFormat());
    // A line that the process before this one could not finish stays a line of its own, and is passed over by the check.
    const begin = writtenDay === '' ? '\n' : '';
    await appendFile(path.join(folder, `${day}.jsonl`), `${begin}${JSON.stringify(signed)}\n`, { mode: 0o600 });
    if (day !== writtenDay) await dropBefore({ folder, day: dayOf(signed.atMs - signedHeadsLimits.keptDays * dayMs) });
    writtenDay = day;
  }

  return {
    keep: (signed) =>
      inTurn(() => write(signed)).catch((error: unknown) => log.warn({ err: error, folder }, 'signed heads could not be kept')),
    close: () => inTurn(async () => {}),
  };
}

async function dropBefore({ folder, day }: { folder: string; day: string }): Promise<void> {
  for (const name of await readdir(folder)) {
    if (dayFile.test(name) && name.slice(0, day.length) < day) await rm(path.join(folder, name));
  }
}

function dayOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}

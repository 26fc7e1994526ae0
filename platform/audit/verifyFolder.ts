import path from 'node:path';
import { openRecordRows, sha256 } from '../record/index.ts';
import { readAuditKeys } from './auditKeys.ts';
import { readDayFiles } from './headFiles.ts';
import { type Finding, verifyRecord } from './verify.ts';
import { type KeptLine, readKeptHeads } from './verifyHeads.ts';

/** What came of checking a platform's folder. */
export type FolderVerified = {
  readonly findings: readonly Finding[];
  readonly places: number;
  /** How many signed heads of desks were compared. */
  readonly signed: number;
  readonly hasKey: boolean;
};

/** Checks a platform's data folder, also while it runs: nothing is written there. `headFolders` are what desks kept (room's `signed-heads`). */
export async function verifyFolder({
  dataFolder,
  headFolders,
}: {
  dataFolder: string;
  headFolders: readonly string[];
}): Promise<FolderVerified> {
  const signed = (await Promise.all(headFolders.map(linesOf))).flat();
  const lists = await linesOf(path.join(dataFolder, 'signed-heads'));
  const keys = readAuditKeys(dataFolder);
  const kept = readKeptHeads({ signed, lists, keys });
  // After the heads: a platform that runs may only have more by now, never less.
  const rows = openRecordRows(path.join(dataFolder, 'record.sqlite'), sha256);
  try {
    const { findings, places, hashes } = verifyRecord({ rows, wanted: kept.places, sha256 });
    return { findings: [...findings, ...kept.against(hashes)], places, signed: kept.signedCount, hasKey: keys !== null };
  } finally {
    rows.close();
  }
}

async function linesOf(folder: string): Promise<readonly KeptLine[]> {
  const lines: KeptLine[] = [];
  for await (const value of readDayFiles(folder)) lines.push({ value, about: `${folder}, line ${lines.length + 1}${timeOf(value)}` });
  return lines;
}

function timeOf(value: unknown): string {
  const atMs = (value as { atMs?: unknown } | null | undefined)?.atMs;
  return typeof atMs === 'number' && Number.isFinite(atMs) && Math.abs(atMs) < 8.64e15 ? ` (${new Date(atMs).toISOString()})` : '';
}

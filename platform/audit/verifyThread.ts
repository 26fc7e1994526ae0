import path from 'node:path';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { RecordVerified } from '#contract/audit/index.ts';
import { readAuditKeys } from './auditKeys.ts';
import { readDayFiles } from './headFiles.ts';
import { verifyFolder } from './verifyFolder.ts';

/** Findings that are told one by one; their number is told in any case. */
const toldFindings = 100;

/**
 * Checks the record of a data folder while its platform runs, in a thread of its own: computing every chain anew takes as long as the log
 * is. Whoever asks meanwhile gets the same answer. Rejects when the folder cannot be read.
 */
export function createVerifyThread(dataFolder: string): () => Promise<RecordVerified> {
  let running: Promise<RecordVerified> | null = null;
  const run = () =>
    new Promise<RecordVerified>((resolve, reject) => {
      const worker = new Worker(new URL('./verifyThread.ts', import.meta.url), { workerData: { verify: dataFolder }, name: 'verify' });
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('the check ended without an answer')));
    });
  return () => (running ??= run().finally(() => (running = null)));
}

async function check(dataFolder: string): Promise<RecordVerified> {
  const { findings, places } = await verifyFolder({ dataFolder, headFolders: [] });
  let lists = 0;
  let lastListAtMs: number | null = null;
  for await (const line of readDayFiles(path.join(dataFolder, 'signed-heads'))) {
    lists += 1;
    const atMs = (line as { atMs?: unknown } | null)?.atMs;
    if (typeof atMs === 'number') lastListAtMs = Math.max(atMs, lastListAtMs ?? 0);
  }
  const keyId = readAuditKeys(dataFolder)?.keyId ?? null;
  return { places, findings: findings.slice(0, toldFindings), findingCount: findings.length, lists, lastListAtMs, keyId };
}

const asked = (workerData as { verify?: string } | null)?.verify;
if (parentPort !== null && asked !== undefined) parentPort.postMessage(await check(asked));
